"""What the routes get from the application."""

from typing import Annotated

from fastapi import Depends, HTTPException, Path, Query, Request, status
from pydantic import BaseModel, ConfigDict

from db.store import D, Store
from shared.models import Id

MAX_PAGE = 100
MAX_SKIP = 1_000_000_000


class Body(BaseModel):
    """What a request says; a field that is not known is refused, since it may be a misspelt one."""

    model_config = ConfigDict(extra="forbid")


def _store(request: Request) -> Store:
    store = request.app.state.store
    assert isinstance(store, Store)
    return store


StoreOf = Annotated[Store, Depends(_store)]
Identity = Annotated[Id, Path(description="24 hexadecimal digits")]
Skip = Annotated[int, Query(ge=0, le=MAX_SKIP, description="how many to leave out at the beginning")]
Limit = Annotated[int, Query(ge=1, le=MAX_PAGE, description="how many to return at most")]


async def require_known(store: Store, kind: type[D], identities: set[str]) -> dict[str, D]:
    """Return the documents that a request refers to, by id; answer with 422 if one does not exist."""
    found = await store.known(kind, identities)
    for identity in sorted(identities - found.keys()):
        raise HTTPException(status.HTTP_422_UNPROCESSABLE_CONTENT, f"there is no {kind.KIND} {identity}")
    return found
