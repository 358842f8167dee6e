"""What is said of a project in which there is no map at all."""

from grader.compose.document import NO_MAP, File
from grader.compose.errors import Unreadable
from grader.compose.marks import Mark
from grader.compose.parser import is_no_text
from grader.compose.reading import KEYS, LAYERS, Reading, rank_of


def nothing(reading: Reading, files: list[File]) -> Unreadable:
    """Return the error for a project in which there is no map at all."""
    # what Compose stumbles over before it finds that the first document is no map
    end = next((file.layer for file in files if file.documents), (LAYERS, len(files)))
    early = [entry for entry in reading.ranked if (LAYERS,) <= entry[0][:2] <= end and entry[0][2] == 0]
    first = min((entry for entry in early if entry[0][3] <= KEYS), key=rank_of, default=None)
    said = NO_MAP if first is None else first[2].message
    for _, _, broken in reading.ranked:
        if broken.kind == "yaml_syntax":
            problem = broken.message.rpartition(": ")[2]
            remedy = "Save it as text in UTF-8." if is_no_text(problem) else "Mend this first."
            message = f"The file is no YAML ({problem}), and nothing else in it can be read. {remedy}"
            return Unreadable(message, compose_message=said, at=broken.at)
    file = files[0]
    at = Mark(file.name, 1, 1)
    if not any(one.documents for one in files):
        message = f"{file.name} is empty. It must begin with services: and what stands below it."
        return Unreadable(message, compose_message="empty compose file", at=at)
    message = f"{file.name} holds no map. It must begin with services: and the five services below it."
    return Unreadable(message, compose_message=said, at=at)
