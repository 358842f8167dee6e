"""What look-alikes share, in words. A password, or any other text of a student's, is never shown: only what it is."""

from collections import Counter
from collections.abc import Iterable

from grader.batch.lookalikes.traits import ALL, COMMENT, LAYOUT, MORE, NAME, ODD, ORDER, REMARK, SENTENCE
from grader.masking import is_secret

CLUSTER_ID = "CLUSTER_ID"
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
# what there can be several of: one, and more
COUNTED = {
    COMMENT: ("a comment", "comments"),
    SENTENCE: ("a long comment", "long comments"),
    REMARK: ("a short comment", "short comments"),
    f"{NAME}:volume": ("the name of a volume", "names of volumes"),
}
HABITS = {
    ALL: "all names and passwords together",
    f"{LAYOUT}:quotes": "the use of quote marks",
    f"{LAYOUT}:blanks": "blanks in unusual places",
    f"{LAYOUT}:gaps": "blank lines in the same places",
    f"{ORDER}:services": "the order of the services",
}


def in_words(labels: Iterable[str]) -> tuple[str, ...]:
    """Return what traits with these labels are: `the cluster id`, `the password of mysql`, `two comments`."""
    return tuple(_words(label, count) for label, count in Counter(labels).items())


def number(count: int) -> str:
    """Return a small number as a word."""
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def _words(label: str, count: int) -> str:
    if label in COUNTED:
        one, more = COUNTED[label]
        return one if count == 1 else f"{number(count)} {more}"
    if label in HABITS:
        return HABITS[label]
    kind, _, rest = label.partition(":")
    service, _, variable = rest.partition(".")
    if kind == ORDER:
        return f"the order of the variables of {rest}"
    if kind == MORE:
        return f"a variable more in {rest}" if count == 1 else f"{number(count)} variables more in {rest}"
    if kind == ODD:
        return f"an unusual {variable} of {service}"
    if variable == CLUSTER_ID:
        return "the cluster id"
    if is_secret(variable):
        return f"{'the root password' if 'ROOT' in variable else 'the password'} of {service}"
    return f"{variable} of {service}" if variable else "a choice"
