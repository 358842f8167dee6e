"""The documents, one collection each."""

from datetime import UTC, datetime
from typing import Any, ClassVar, Self

from beanie import Document, PydanticObjectId
from pydantic import Field
from pymongo import ASCENDING, IndexModel

from shared.events import RECORDS, Change, new_event
from shared.models import OrderFields, PostFields, ProductFields, Record, UserFields


def now() -> datetime:
    """Return the current time. MongoDB keeps milliseconds only."""
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


class Stored(Document):
    """What every document has besides its own fields.

    `outbox` holds the events that Kafka has not confirmed yet. It is written together with the change itself, so that
    no change can be stored without its event.
    """

    KIND: ClassVar[str]

    revision: int = 1
    created_at: datetime = Field(default_factory=now)
    updated_at: datetime = Field(default_factory=now)
    deleted: bool = False
    outbox: list[dict[str, Any]] = Field(default_factory=list)

    def record(self) -> Record:
        """Return the document as everybody outside sees it."""
        return RECORDS[self.KIND].model_validate({**self.model_dump(), "id": str(self.id)})

    def event(self, change: Change) -> dict[str, Any]:
        """Return the event that tells of this state."""
        return new_event(self.KIND, change, self.record()).model_dump(mode="json")

    def created(self) -> Self:
        """Return the document with an id and the event of its creation."""
        document: Self = self.model_copy(update={"id": PydanticObjectId()})
        document.outbox = [document.event(Change.CREATED)]
        return document

    def changed(self, values: dict[str, Any]) -> Self:
        """Return the document's next revision."""
        document: Self = self.model_copy(update={**values, "revision": self.revision + 1, "updated_at": now()})
        return document


class UserDocument(UserFields, Stored):
    """A user; name and address are taken while the user exists."""

    KIND = "user"

    class Settings:
        """The collection and its indexes."""

        name = "users"
        indexes: ClassVar = [
            IndexModel([(field, ASCENDING)], unique=True, partialFilterExpression={"deleted": False})
            for field in ("username", "email")
        ]


class ProductDocument(ProductFields, Stored):
    """A product."""

    KIND = "product"

    class Settings:
        """The collection."""

        name = "products"


class OrderDocument(OrderFields, Stored):
    """An order."""

    KIND = "order"

    class Settings:
        """The collection."""

        name = "orders"


class PostDocument(PostFields, Stored):
    """A post."""

    KIND = "post"

    class Settings:
        """The collection."""

        name = "posts"


DOCUMENTS: list[type[Stored]] = [UserDocument, ProductDocument, OrderDocument, PostDocument]
