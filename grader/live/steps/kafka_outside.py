"""Another container writes a message to Kafka and reads it, at the address that Kafka advertises."""

import secrets

from grader.live.clients import answer, program
from grader.live.process import Ran
from grader.live.session import Session, StepFinding, passed
from grader.live.taming import last_words

ID = "kafka-outside"
TITLE = "Another container writes to Kafka and reads it back"
LIMIT_SECONDS = 120.0
NEEDS = ("kafka-inside",)
SERVICES = ("kafka",)

TOPIC = "grade-live"
CLIENT = "app"  # its image has Kafka's client, and it is on the networks of the services that use Kafka

# stage of the client -> what it means, and the checks that may own it, the likeliest first
STAGES = {
    "bootstrap": ("No broker answers at {address}.", ("kafka.listeners", "kafka.protocol-map", "kafka.*")),
    "advertised": (
        "Kafka tells its clients to use {address}, and nobody answers there.",
        ("kafka.advertised-listeners", "kafka.listeners", "kafka.*"),
    ),
    "produce": ("Kafka does not store a message: {text}.", ("kafka.auto-create-topics", "kafka.*")),
    "group": (
        "A consumer group gets no message: {text}.",
        ("kafka.offsets-replication", "kafka.*"),
    ),
    "read": ("The message is not there: {text}.", ("kafka.data-volume", "kafka.log-dirs", "kafka.*")),
}


def run(session: Session) -> StepFinding:
    """Write a word that nobody else writes, and read it in a consumer group."""
    session.word = secrets.token_hex(8)
    ran = ask(session, "exchange")
    said = answer(ran)
    if said is not None and said.get("stage") is None:
        return passed(f"Kafka is advertised as {said.get('address')}.")
    return explain(session, ran, said)


def ask(session: Session, action: str) -> Ran:
    """Run the client in a container of its own."""
    words = ("python", "-", action, TOPIC, session.word)
    return session.project.visit(CLIENT, *words, seconds=LIMIT_SECONDS, stdin=program("kafka"))


def explain(session: Session, ran: Ran, said: dict[str, object] | None) -> StepFinding:
    """Return the failure in which the client ended."""
    if said is None or said.get("stage") not in STAGES:
        words = last_words(ran.error) or last_words(ran.out) or "it did not end in time"
        return StepFinding(False, f"The client in another container could not be run: {words}")
    message, owners = STAGES[str(said["stage"])]
    text = last_words(str(said.get("text"))).rstrip(".")
    return session.failed(message.format(address=said.get("address"), text=text), owners=owners)
