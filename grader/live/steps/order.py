"""One order is placed through the API and appears as a row in MySQL: the way of the whole platform."""

import secrets

from grader.live.clients import answer, program
from grader.live.session import Session, StepFinding, passed
from grader.live.steps.pages import ask_app
from grader.live.taming import last_words
from grader.live.waiting import wait_for

ID = "order"
TITLE = "An order placed through the API appears in MySQL"
LIMIT_SECONDS = 90.0
LOOK_SECONDS = 4.0  # one visit waits so long for the row
ATTEMPT_SECONDS = 30.0
NEEDS = ("health-page", "mysql")
SERVICES = ("app", "mysql-service")

CREATED = 201


class Refused(Exception):
    """The app did not store what it was given; the text says what it answered."""


def run(session: Session) -> StepFinding:
    """Create a user, a product and an order, and wait for the row."""
    try:
        session.order = place(session)
    except Refused as refused:
        return session.failed(str(refused), services=("app",), owners=("app.*",))
    waited = wait_for(session, lambda: missing_row(session), services=("mysql-service", "app"), seconds=LIMIT_SECONDS)
    if waited.reason is None:
        return passed()
    return session.failed(
        f"The order is stored in MongoDB, but {waited.reason}.",
        services=("mysql-service", "app", "kafka"),
        owners=("mysql-service.kafka-*", "mysql-service.*", "app.kafka-*", "kafka.*"),
        causes=waited.causes,
        broken=("mysql-service",),
    )


def place(session: Session) -> str:
    """Place an order as a new user for a new product and return its id. Raises `Refused`."""
    mark = secrets.token_hex(4)
    user = _create(session, "/users", {"username": f"live-{mark}", "email": f"{mark}@example.com", "full_name": "Live"})
    product = _create(session, "/products", {"name": "Tea pot", "price_cents": 1990})
    items = [{"product_id": product, "quantity": 1}]
    return _create(session, "/orders", {"user_id": user, "items": items})


def _create(session: Session, path: str, body: dict[str, object]) -> str:
    answered = ask_app(session, path, body)
    identity = answered.data().get("id")
    if answered.code != CREATED or not isinstance(identity, str):
        what = f"status {answered.code}" if answered.code else last_words(answered.text)
        raise Refused(f"The app does not store what is sent to {path} ({what}).")
    return identity


def missing_row(session: Session) -> str | None:
    """Return why the order's row cannot be seen, None if it is there."""
    words = ("python", "-", "order", session.order, str(LOOK_SECONDS))
    ran = session.project.ask("mysql-service", *words, seconds=ATTEMPT_SECONDS, stdin=program("mysql"))
    said = answer(ran)
    if said is None:
        return "mysql-service does not stay up"
    if said.get("stage") is None:
        return None
    return f"no row comes to MySQL ({last_words(str(said.get('text')))})"
