"""One function for each kind of record."""

from collections.abc import Callable
from typing import TypeVar

from shared.models import Order, Post, Product, Record, User
from src.db.connection import Cursor
from src.repositories.rows import Row, is_current, replace_children, store_row

R = TypeVar("R", bound=Record)


def store_user(cursor: Cursor, user: User) -> None:
    """Write a user."""
    values = {"username": user.username, "email": user.email, "full_name": user.full_name}
    store_row(cursor, "users", user, values)


def store_product(cursor: Cursor, product: Product) -> None:
    """Write a product."""
    values: Row = {"name": product.name, "description": product.description, "price_cents": product.price_cents}
    store_row(cursor, "products", product, values)


def store_order(cursor: Cursor, order: Order) -> None:
    """Write an order with its lines."""
    values: Row = {"user_id": order.user_id, "status": order.status.value, "total_cents": order.total_cents}
    store_row(cursor, "orders", order, values)
    if is_current(cursor, "orders", order):
        replace_children(cursor, "order_items", "order_id", order, [item.model_dump() for item in order.items])


def store_post(cursor: Cursor, post: Post) -> None:
    """Write a post with the products it is about."""
    store_row(cursor, "posts", post, {"author_id": post.author_id, "text": post.text})
    if is_current(cursor, "posts", post):
        rows = [{"product_id": product_id} for product_id in post.product_ids]
        replace_children(cursor, "post_products", "post_id", post, rows)


def _for(kind: type[R], store: Callable[[Cursor, R], None]) -> Callable[[Cursor, Record], None]:
    def store_checked(cursor: Cursor, record: Record) -> None:
        assert isinstance(record, kind)
        store(cursor, record)

    return store_checked


STORE = {
    "user": _for(User, store_user),
    "product": _for(Product, store_product),
    "order": _for(Order, store_order),
    "post": _for(Post, store_post),
}
