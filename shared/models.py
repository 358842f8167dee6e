"""What the platform knows: users, products, orders, posts.

These records travel in events, so producer and consumer read the same fields with the same limits.
"""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

MAX_ORDER_ITEMS = 100
MAX_POST_PRODUCTS = 20
ID_PATTERN = "^[0-9a-f]{24}$"
Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
UserName = Annotated[str, StringConstraints(pattern="^[a-z0-9._-]{3,32}$")]
Email = Annotated[str, StringConstraints(to_lower=True, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$", max_length=254)]
Description = Annotated[str, StringConstraints(max_length=2000)]
Cents = Annotated[int, Field(strict=True, ge=0, le=100_000_000)]
Quantity = Annotated[int, Field(strict=True, ge=1, le=1000)]
ProductIds = Annotated[list[Id], Field(max_length=MAX_POST_PRODUCTS)]


class Record(BaseModel):
    """What every stored thing has besides its own fields.

    `revision` counts the changes, from 1; of two records with one id, the one with the higher revision is the newer.
    """

    model_config = ConfigDict(extra="ignore")

    id: Id
    revision: Annotated[int, Field(ge=1)]
    created_at: datetime
    updated_at: datetime
    deleted: bool = False


class UserFields(BaseModel):
    """What a user is described by."""

    username: Annotated[UserName, Field(examples=["maria"])]
    email: Annotated[Email, Field(examples=["maria@example.com"])]
    full_name: Annotated[Name, Field(examples=["Maria Lopez"])]


class ProductFields(BaseModel):
    """What a product is described by; the price is in cents, so that sums stay exact."""

    name: Annotated[Name, Field(examples=["Tea pot"])]
    description: Description = ""
    price_cents: Annotated[Cents, Field(examples=[1990])]


class OrderStatus(StrEnum):
    """How far an order is."""

    PLACED = "placed"
    PAID = "paid"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


class OrderItem(BaseModel):
    """One line of an order, with name and price as they were when it was placed."""

    product_id: Id
    product_name: Name
    unit_price_cents: Cents
    quantity: Quantity


class OrderFields(BaseModel):
    """What an order is described by."""

    user_id: Id
    status: OrderStatus = OrderStatus.PLACED
    items: Annotated[list[OrderItem], Field(min_length=1, max_length=MAX_ORDER_ITEMS)]
    total_cents: Annotated[int, Field(ge=0)]


class PostFields(BaseModel):
    """What a post is described by: a text of a user, perhaps about some products."""

    author_id: Id
    text: Annotated[Text, Field(examples=["The best tea pot I ever had."])]
    product_ids: ProductIds = []


class User(UserFields, Record):
    """A stored user."""


class Product(ProductFields, Record):
    """A stored product."""


class Order(OrderFields, Record):
    """A stored order."""


class Post(PostFields, Record):
    """A stored post."""
