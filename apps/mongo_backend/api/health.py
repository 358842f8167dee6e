"""Whether the app can do its work."""

import asyncio
from typing import Literal

from fastapi import APIRouter, Request, Response, status
from pydantic import BaseModel
from pymongo.errors import PyMongoError

from db.documents import DOCUMENTS
from db.mongo_db import Client, MongoSettings
from events.publisher import WAITING
from shared.kafka.config import KafkaConfig
from shared.kafka.ready import complaint, describe

router = APIRouter(tags=["health"])


class Part(BaseModel):
    """The state of one thing that the app needs; `message` says where it is expected and what is wrong."""

    state: Literal["up", "down"]
    message: str


class Health(BaseModel):
    """The state of the app; `waiting_events` are changes that Kafka does not know yet (None: cannot be counted)."""

    status: Literal["ok", "degraded"]
    mongodb: Part
    kafka: Part
    waiting_events: int | None


@router.get("/health", response_model=Health)
async def health(request: Request, response: Response) -> Health:
    """Tell the state of MongoDB and Kafka; the status code is 503 if one of them is down."""
    state = request.app.state
    mongodb, waiting = await mongodb_state(state.client, state.mongodb)
    kafka = await kafka_state(state.publisher.config)
    well = mongodb.state == kafka.state == "up"
    response.status_code = status.HTTP_200_OK if well else status.HTTP_503_SERVICE_UNAVAILABLE
    return Health(status="ok" if well else "degraded", mongodb=mongodb, kafka=kafka, waiting_events=waiting)


async def mongodb_state(client: Client, settings: MongoSettings) -> tuple[Part, int | None]:
    """Return the state of MongoDB, and how many documents have an event that waits."""
    try:
        await client.admin.command("ping")
        waiting = sum([await kind.find(WAITING).count() for kind in DOCUMENTS])
    except PyMongoError:
        return Part(state="down", message=f"{settings} does not answer"), None
    return Part(state="up", message=str(settings)), waiting


async def kafka_state(config: KafkaConfig) -> Part:
    """Return the state of Kafka."""
    reason = await asyncio.to_thread(complaint, config)
    if reason is not None:
        return Part(state="down", message=f"{describe(config)}: {reason}")
    return Part(state="up", message=describe(config))
