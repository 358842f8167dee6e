"""Commands in a sentence of ours stand between backticks. Students write backticks too: nothing else there is code."""

import re

COMMAND = r"`(?:docker|grade) [^`]+`"


def parts_of(text: str) -> list[str]:
    """Return a sentence in parts: at the even places words, at the odd ones commands, without their backticks."""
    return [part.strip("`") if place % 2 else part for place, part in enumerate(re.split(f"({COMMAND})", text))]
