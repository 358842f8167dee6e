"""The FastAPI application: routes, errors, and what runs beside them."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

from fastapi import FastAPI, Request, status
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from pymongo.errors import ConnectionFailure

from api import health, orders, posts, products, users
from db.mongo_db import Client, MongoSettings
from db.store import NotFound, Store, Taken
from events.publisher import Publisher

Handler = Callable[[Request, Exception], Awaitable[Response]]
DESCRIPTION = "Users, products, orders and posts. Every change is stored in MongoDB and sent to Kafka as an event."


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Send events while the application runs, and close the connection afterwards."""
    sending = asyncio.create_task(app.state.publisher.run())
    yield
    sending.cancel()
    with suppress(asyncio.CancelledError):
        await sending
    await app.state.client.close()


def create_app(mongodb: MongoSettings, client: Client, store: Store, publisher: Publisher) -> FastAPI:
    """Put the application together."""
    app = FastAPI(title="Social Commerce Platform", description=DESCRIPTION, lifespan=_lifespan)
    app.state.mongodb, app.state.client = mongodb, client
    app.state.store, app.state.publisher = store, publisher
    for part in (health, users, products, orders, posts):
        app.include_router(part.router)
    app.add_exception_handler(NotFound, _answer(status.HTTP_404_NOT_FOUND))
    app.add_exception_handler(Taken, _answer(status.HTTP_409_CONFLICT))
    app.add_exception_handler(ConnectionFailure, _unavailable)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_api_route("/", _to_docs, include_in_schema=False)
    return app


async def _to_docs() -> Response:
    return RedirectResponse("/docs")


def _answer(code: int) -> Handler:
    async def answer(request: Request, error: Exception) -> Response:
        return JSONResponse({"detail": str(error)}, status_code=code)

    return answer


async def _invalid(request: Request, error: Exception) -> Response:
    """Say where the request is wrong, without repeating it: it may hold half characters, which no answer can."""
    assert isinstance(error, RequestValidationError)
    faults = [
        {"type": fault["type"], "loc": fault["loc"], "msg": ": ".join([fault["msg"], *_reason(fault)])}
        for fault in error.errors()
    ]
    body = json.dumps({"detail": faults})
    return Response(body, status.HTTP_422_UNPROCESSABLE_CONTENT, media_type="application/json")


def _reason(fault: dict[str, Any]) -> list[str]:
    """Return what the reader of JSON stumbled over, if it did."""
    return [fault["ctx"]["error"]] if fault["type"] == "json_invalid" else []


async def _unavailable(request: Request, error: Exception) -> Response:
    detail = f"{request.app.state.mongodb} does not answer"
    return JSONResponse({"detail": detail}, status_code=status.HTTP_503_SERVICE_UNAVAILABLE)
