"""Orders."""

from typing import Annotated

from fastapi import APIRouter, HTTPException, status
from pydantic import Field

from api.dependencies import Body, Identity, Limit, Skip, StoreOf, require_known
from db.documents import OrderDocument, ProductDocument, UserDocument
from db.store import Store
from shared.models import MAX_ORDER_ITEMS, Id, Order, OrderItem, OrderStatus, Quantity, Record

router = APIRouter(prefix="/orders", tags=["orders"])


class Wish(Body):
    """One line of an order as the customer gives it."""

    product_id: Id
    quantity: Quantity = 1


class NewOrder(Body):
    """An order as the customer gives it; names and prices come from the products."""

    user_id: Id
    items: Annotated[list[Wish], Field(min_length=1, max_length=MAX_ORDER_ITEMS)]


class OrderChange(Body):
    """The fields to change; those that are left out (or null) stay."""

    status: OrderStatus | None = None


@router.post("", status_code=status.HTTP_201_CREATED, response_model=Order)
async def create_order(new: NewOrder, store: StoreOf) -> Record:
    """Place an order for an existing user and existing products."""
    await require_known(store, UserDocument, {new.user_id})
    items = await _priced(store, new.items)
    total = sum(item.unit_price_cents * item.quantity for item in items)
    return (await store.create(OrderDocument(user_id=new.user_id, items=items, total_cents=total))).record()


@router.get("", response_model=list[Order])
async def list_orders(store: StoreOf, skip: Skip = 0, limit: Limit = 20) -> list[Record]:
    """Return the orders, the oldest first."""
    return [order.record() for order in await store.page(OrderDocument, skip=skip, limit=limit)]


@router.get("/{identity}", response_model=Order)
async def read_order(identity: Identity, store: StoreOf) -> Record:
    """Return one order."""
    return (await store.read(OrderDocument, identity)).record()


@router.patch("/{identity}", response_model=Order)
async def change_order(identity: Identity, change: OrderChange, store: StoreOf) -> Record:
    """Change the status of an order. A cancelled order stays cancelled."""
    order = await store.read(OrderDocument, identity)
    if order.status == OrderStatus.CANCELLED and change.status not in (None, OrderStatus.CANCELLED):
        raise HTTPException(status.HTTP_409_CONFLICT, f"the order {identity} is cancelled")
    return (await store.change(OrderDocument, identity, change.model_dump(exclude_none=True))).record()


@router.delete("/{identity}", status_code=status.HTTP_204_NO_CONTENT)
async def delete_order(identity: Identity, store: StoreOf) -> None:
    """Delete an order."""
    await store.delete(OrderDocument, identity)


async def _priced(store: Store, wishes: list[Wish]) -> list[OrderItem]:
    """Turn wishes into order lines, with the names and prices of this moment."""
    products = await require_known(store, ProductDocument, {wish.product_id for wish in wishes})
    return [
        OrderItem(
            product_id=wish.product_id,
            product_name=products[wish.product_id].name,
            unit_price_cents=products[wish.product_id].price_cents,
            quantity=wish.quantity,
        )
        for wish in wishes
    ]
