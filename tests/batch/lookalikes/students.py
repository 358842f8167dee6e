"""A class that is drawn: who works alone chooses alone, who copies changes names and white space."""

import random
import string

from tests.batch.graded import changed

WORDS = ("otter", "tulip", "comet", "violin", "granite", "saffron", "walnut", "harbour", "meadow", "lantern", "pebble")
USUAL_PASSWORDS = ("password123", "root", "mysql123", "secret", "admin1234", "rootpassword")
USUAL_NAMES = ("mysql-group", "consumer-group", "analytics-consumer", "group1")
COMMENTS = (
    "# kafka settings",
    "# data survives a restart",
    "# see the lecture",
    "# why is this needed?",
    "# check later",
)


def own_password(draw: random.Random) -> str:
    """Return a password that one student thinks of."""
    return f"{draw.choice(WORDS)}{draw.choice('_-!.')}{draw.choice(WORDS)}{draw.randrange(1000)}"


def answer(draw: random.Random, *, own: bool = False) -> str:
    """Return the file of a student who works alone: some choices are everybody's, some (or all) are their own."""
    sign = string.ascii_letters + string.digits
    cluster = "".join(draw.choices(sign, k=21)) + draw.choice("AQgw")
    text = changed(
        ("analytics_password", own_password(draw) if own or draw.random() < 0.6 else draw.choice(USUAL_PASSWORDS)),
        ("root_password", own_password(draw) if own or draw.random() < 0.6 else draw.choice(USUAL_PASSWORDS)),
        ("KAFKA_GROUP_ID: mysql-consumer", f"KAFKA_GROUP_ID: {draw.choice(USUAL_NAMES)}"),
        ("MkU3OEVBNTcwNTJENDM2Qk", cluster if own or draw.random() < 0.8 else "4L6g3nShT-eMCtK--X86sw"),
        ("KAFKA_NODE_ID: 1\n", f"KAFKA_NODE_ID: {draw.choice('1112')}\n"),
    )
    lines = [line for line in text.splitlines() if not line.startswith("      #")]
    for _ in range(draw.randrange(4)):
        lines.insert(draw.randrange(8, 60), draw.choice(COMMENTS))
    lines.insert(draw.randrange(8, 60), f"# {draw.choice(WORDS)} {draw.choice(WORDS)} {draw.choice(WORDS)} here")
    return "\n".join(lines) + "\n"


def copied(text: str, draw: random.Random) -> str:
    """Return a copy with other names and other white space."""
    word = draw.choice(WORDS)
    for old, new in (("mongodb_data", f"{word}_m"), ("kafka_data", f"{word}_k"), ("mysql_data", f"{word}_s")):
        text = text.replace(old, new)
    text = text.replace("MYSQL_USER: analytics", f"MYSQL_USER: {word}").replace("mongo-backend\n", f"{word}\n")
    lines = []
    for line in text.splitlines():
        lines.append(line + " " * draw.choice((0, 0, 0, 2)))
        if draw.random() < 0.1:
            lines.append("")
    return "\n".join(lines) + "\n"
