"""The topic and the message in it are still there."""

from grader.live.clients import answer
from grader.live.session import Session, StepFinding, passed
from grader.live.steps import kafka_inside
from grader.live.steps.kafka_outside import ask, explain
from grader.live.waiting import wait_for

ID = "message-stays"
TITLE = "The topic and its message are still in Kafka"
LIMIT_SECONDS = 90.0
NEEDS = ("again",)
SERVICES = ("kafka",)


def run(session: Session) -> StepFinding:
    """Read the topic from its beginning, once Kafka is there again."""
    waited = wait_for(session, lambda: kafka_inside.silence(session), services=SERVICES, seconds=LIMIT_SECONDS)
    if waited.reason is not None:
        return session.failed(waited.reason, services=SERVICES, owners=("kafka.*",), causes=waited.causes)
    ran = ask(session, "read")
    said = answer(ran)
    return passed() if said is not None and said.get("stage") is None else explain(session, ran, said)
