"""How a Java exception shows in the container's log."""

from grader.containers.verdict import Verdict

FORMAT = Verdict.STORAGE_FORMAT_FAILS

_IN_MAIN = 'Exception in thread "main" '
_CONFIG = "org.apache.kafka.common.config.ConfigException"
_ARGUMENT = "java.lang.IllegalArgumentException"
_UNREGISTERED = (
    "[BrokerLifecycleManager id={id}] Shutting down because we were unable to register with the controller quorum.\n"
    "Exiting Kafka due to fatal exception during startup."
)


def thrown(text: str) -> str:
    """An exception that nobody catches, its class in the text."""
    return _IN_MAIN + text


def config_exception(text: str) -> str:
    """Kafka's own exception for a bad configuration."""
    return f"{_IN_MAIN}{_CONFIG}: {text}"


def argument_exception(text: str) -> str:
    """Java's exception for a bad argument."""
    return f"{_IN_MAIN}{_ARGUMENT}: {text}"


def unregistered(node_id: int | None) -> str:
    """What the broker half says where it cannot register with the controller."""
    return _UNREGISTERED.format(id=node_id)


def requirement(text: str) -> str:
    """Scala's `require`, which puts its own words in front."""
    return argument_exception(f"requirement failed: {text}")
