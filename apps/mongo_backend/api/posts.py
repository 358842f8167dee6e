"""Posts."""

from fastapi import APIRouter, status

from api.dependencies import Body, Identity, Limit, Skip, StoreOf, require_known
from db.documents import PostDocument, ProductDocument, UserDocument
from shared.models import Post, PostFields, ProductIds, Record, Text

router = APIRouter(prefix="/posts", tags=["posts"])


class NewPost(PostFields, Body):
    """A post as the request gives it."""


class PostChange(Body):
    """The fields to change; those that are left out (or null) stay."""

    text: Text | None = None
    product_ids: ProductIds | None = None


@router.post("", status_code=status.HTTP_201_CREATED, response_model=Post)
async def create_post(fields: NewPost, store: StoreOf) -> Record:
    """Write a post as an existing user, about existing products or none."""
    await require_known(store, UserDocument, {fields.author_id})
    await require_known(store, ProductDocument, set(fields.product_ids))
    return (await store.create(PostDocument(**fields.model_dump()))).record()


@router.get("", response_model=list[Post])
async def list_posts(store: StoreOf, skip: Skip = 0, limit: Limit = 20) -> list[Record]:
    """Return the posts, the oldest first."""
    return [post.record() for post in await store.page(PostDocument, skip=skip, limit=limit)]


@router.get("/{identity}", response_model=Post)
async def read_post(identity: Identity, store: StoreOf) -> Record:
    """Return one post."""
    return (await store.read(PostDocument, identity)).record()


@router.patch("/{identity}", response_model=Post)
async def change_post(identity: Identity, change: PostChange, store: StoreOf) -> Record:
    """Change the text or the products of a post."""
    await require_known(store, ProductDocument, set(change.product_ids or ()))
    return (await store.change(PostDocument, identity, change.model_dump(exclude_none=True))).record()


@router.delete("/{identity}", status_code=status.HTTP_204_NO_CONTENT)
async def delete_post(identity: Identity, store: StoreOf) -> None:
    """Delete a post."""
    await store.delete(PostDocument, identity)
