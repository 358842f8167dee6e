"""Options for Java that keep every tool of Kafka from starting.

Kafka 3.6 (kafka-run-class): the texts are put on Java's command line as they are, for the storage tool too.
"""

from collections.abc import Iterator

from grader.containers.kafka.configuration import Configuration
from grader.containers.kafka.texts import FORMAT
from grader.containers.verdict import Fault

# in the order of the command line
VARIABLES = ("KAFKA_HEAP_OPTS", "KAFKA_JVM_PERFORMANCE_OPTS", "KAFKA_JMX_OPTS", "KAFKA_LOG4J_OPTS", "KAFKA_OPTS")
UNITS = {"k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40}
MAX_SIZE_DIGITS = 18


def option_problems(config: Configuration) -> Iterator[Fault]:
    """Yield a text that is no option, and heap sizes that do not fit each other."""
    if config.environment.keys().isdisjoint(VARIABLES):
        return
    sizes: dict[str, int] = {}
    for variable in VARIABLES:
        for word in config.environment.get(variable, "").split():
            if not word.startswith(("-", "@")):
                message = f"Error: Could not find or load main class {word}"
                explanation = f"{word} is no option of Java."
                yield config.variable_fault("java-options", FORMAT, variable, message, explanation)
                return
            for option in ("-Xms", "-Xmx"):
                if word.startswith(option):
                    size = _bytes(word[len(option) :])
                    if size is None:
                        yield _bad_size(config, variable, option, word)
                        return
                    sizes[option] = size
    if "-Xms" in sizes and sizes["-Xms"] > sizes.get("-Xmx", sizes["-Xms"]):
        message = "Error occurred during initialization of VM\n"
        message += "Initial heap size set to a larger value than the maximum heap size"
        explanation = "Java would begin with more memory than it may have."
        yield config.variable_fault("java-options", FORMAT, "KAFKA_HEAP_OPTS", message, explanation)


def _bytes(text: str) -> int | None:
    digits = text[:-1] if text[-1:].lower() in UNITS else text
    if not (digits.isascii() and digits.isdigit()) or len(digits) > MAX_SIZE_DIGITS:
        return None
    return int(digits) * (UNITS[text[-1].lower()] if digits != text else 1)


def _bad_size(config: Configuration, variable: str, option: str, word: str) -> Fault:
    kind = "initial" if option == "-Xms" else "maximum"
    message = f"Invalid {kind} heap size: {word}\nError: Could not create the Java Virtual Machine."
    return config.variable_fault("java-options", FORMAT, variable, message, f"{word} is no size of memory.")
