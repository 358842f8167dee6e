"""Create, read, change and delete documents, each change together with its event."""

import asyncio
from typing import Any, TypeVar

from beanie import PydanticObjectId
from beanie.operators import In
from pymongo.errors import DuplicateKeyError
from pymongo.results import UpdateResult

from db.documents import Stored
from shared.events import Change

MAX_ATTEMPTS = 5

D = TypeVar("D", bound=Stored)


class NotFound(Exception):
    """There is no such document (any more)."""


class Taken(Exception):
    """A value that must be unique belongs to another document, or somebody else changes the document all the time."""


class Store:
    """The documents; `changed` is set whenever there is a new event to send."""

    def __init__(self) -> None:
        self.changed = asyncio.Event()

    async def create(self, document: D) -> D:
        """Store a new document; raises Taken."""
        created = document.created()
        try:
            await created.insert()
        except DuplicateKeyError as error:
            raise Taken(_taken(document, error)) from error
        self.changed.set()
        return created

    async def read(self, kind: type[D], identity: str) -> D:
        """Return the document with this id (24 hexadecimal digits); raises NotFound."""
        document = await kind.find_one({"_id": PydanticObjectId(identity), "deleted": False})
        if document is None:
            raise NotFound(f"there is no {kind.KIND} {identity}")
        return document

    async def page(self, kind: type[D], *, skip: int, limit: int) -> list[D]:
        """Return a part of all documents, the oldest first."""
        return await kind.find({"deleted": False}).sort("+_id").skip(skip).limit(limit).to_list()

    async def known(self, kind: type[D], identities: set[str]) -> dict[str, D]:
        """Return those of the documents that exist, by id."""
        wanted = [PydanticObjectId(identity) for identity in identities]
        found = await kind.find(In(kind.id, wanted), {"deleted": False}).to_list()
        return {str(document.id): document for document in found}

    async def change(self, kind: type[D], identity: str, values: dict[str, Any]) -> D:
        """Set some fields of a document; raises NotFound, Taken. Nothing to set is no change."""
        if not values:
            return await self.read(kind, identity)
        return await self._replace(kind, identity, values, Change.UPDATED)

    async def delete(self, kind: type[D], identity: str) -> None:
        """Mark a document as deleted, so that its event cannot get lost; raises NotFound."""
        await self._replace(kind, identity, {"deleted": True}, Change.DELETED)

    async def _replace(self, kind: type[D], identity: str, values: dict[str, Any], change: Change) -> D:
        """Write the next revision, unless somebody else was faster: then read again and try once more."""
        for _ in range(MAX_ATTEMPTS):
            old = await self.read(kind, identity)
            new = old.changed(values)
            fields = new.model_dump(include={*values, "revision", "updated_at"})
            try:
                result = await kind.find_one({"_id": old.id, "revision": old.revision}).update(
                    {"$set": fields, "$push": {"outbox": new.event(change)}}
                )
            except DuplicateKeyError as error:
                raise Taken(_taken(new, error)) from error
            if isinstance(result, UpdateResult) and result.matched_count == 1:
                self.changed.set()
                return new
        raise Taken(f"the {kind.KIND} {identity} is being changed by somebody else")


def _taken(document: Stored, error: DuplicateKeyError) -> str:
    """Name the field that another document has already."""
    for field in ("username", "email"):
        if f"{field}_1" in str(error):  # MongoDB: the name of an index is made of field and direction
            return f"the {field} {getattr(document, field)} is taken"
    return f"another {document.KIND} has the same values"
