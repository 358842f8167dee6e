"""Users."""

from fastapi import APIRouter, status

from api.dependencies import Body, Identity, Limit, Skip, StoreOf
from db.documents import UserDocument
from shared.models import Email, Name, Record, User, UserFields, UserName

router = APIRouter(prefix="/users", tags=["users"])


class NewUser(UserFields, Body):
    """A user as the request gives it."""


class UserChange(Body):
    """The fields to change; those that are left out (or null) stay."""

    username: UserName | None = None
    email: Email | None = None
    full_name: Name | None = None


@router.post("", status_code=status.HTTP_201_CREATED, response_model=User)
async def create_user(fields: NewUser, store: StoreOf) -> Record:
    """Create a user; user name and e-mail address must not be taken."""
    return (await store.create(UserDocument(**fields.model_dump()))).record()


@router.get("", response_model=list[User])
async def list_users(store: StoreOf, skip: Skip = 0, limit: Limit = 20) -> list[Record]:
    """Return the users, the oldest first."""
    return [user.record() for user in await store.page(UserDocument, skip=skip, limit=limit)]


@router.get("/{identity}", response_model=User)
async def read_user(identity: Identity, store: StoreOf) -> Record:
    """Return one user."""
    return (await store.read(UserDocument, identity)).record()


@router.patch("/{identity}", response_model=User)
async def change_user(identity: Identity, change: UserChange, store: StoreOf) -> Record:
    """Change some fields of a user."""
    return (await store.change(UserDocument, identity, change.model_dump(exclude_none=True))).record()


@router.delete("/{identity}", status_code=status.HTTP_204_NO_CONTENT)
async def delete_user(identity: Identity, store: StoreOf) -> None:
    """Delete a user."""
    await store.delete(UserDocument, identity)
