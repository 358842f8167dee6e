"""Products."""

from fastapi import APIRouter, status

from api.dependencies import Body, Identity, Limit, Skip, StoreOf
from db.documents import ProductDocument
from shared.models import Cents, Description, Name, Product, ProductFields, Record

router = APIRouter(prefix="/products", tags=["products"])


class NewProduct(ProductFields, Body):
    """A product as the request gives it."""


class ProductChange(Body):
    """The fields to change; those that are left out (or null) stay."""

    name: Name | None = None
    description: Description | None = None
    price_cents: Cents | None = None


@router.post("", status_code=status.HTTP_201_CREATED, response_model=Product)
async def create_product(fields: NewProduct, store: StoreOf) -> Record:
    """Create a product; the price is in cents."""
    return (await store.create(ProductDocument(**fields.model_dump()))).record()


@router.get("", response_model=list[Product])
async def list_products(store: StoreOf, skip: Skip = 0, limit: Limit = 20) -> list[Record]:
    """Return the products, the oldest first."""
    return [product.record() for product in await store.page(ProductDocument, skip=skip, limit=limit)]


@router.get("/{identity}", response_model=Product)
async def read_product(identity: Identity, store: StoreOf) -> Record:
    """Return one product."""
    return (await store.read(ProductDocument, identity)).record()


@router.patch("/{identity}", response_model=Product)
async def change_product(identity: Identity, change: ProductChange, store: StoreOf) -> Record:
    """Change some fields of a product. Orders keep the price that they were placed with."""
    return (await store.change(ProductDocument, identity, change.model_dump(exclude_none=True))).record()


@router.delete("/{identity}", status_code=status.HTTP_204_NO_CONTENT)
async def delete_product(identity: Identity, store: StoreOf) -> None:
    """Delete a product."""
    await store.delete(ProductDocument, identity)
