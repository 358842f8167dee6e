"""Where the page of a submission lies: `feedback/ada.html`, in sub-folders where there are many."""

import hashlib
import re
from functools import lru_cache

from grader.batch.output_files import FEEDBACK

MAX_IN_ONE_FOLDER = 10_000
MAX_NAME_BYTES = 150  # file systems take 255
HASH_CHARACTERS = 8
NAMES_KEPT = 512

_UNSAFE = re.compile(r"[^\w.@+-]+")
# names that Windows keeps for itself, whatever follows the dot
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


class PageNames:
    """The names of all pages of a batch. `many` tells how many; the same submission has the same page every time."""

    def __init__(self, *, many: bool) -> None:
        self._many = many

    def path(self, submission: str) -> str:
        """Return the page of a submission, relative to the output, with `/`.

        A name that had to be changed to be one of a file carries a hash of the submission's: two that are cleaned to
        the same stay two. So does one with capital letters, which some computers do not tell from small ones.
        """
        return _path(submission, self._many)


@lru_cache(maxsize=NAMES_KEPT)  # several ask for the same one, soon after one another
def _path(submission: str, many: bool) -> str:
    digest = hashlib.blake2b(submission.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    name = _UNSAFE.sub("_", submission).encode()[:MAX_NAME_BYTES].decode(errors="ignore").strip("._")
    if name != submission or name != name.lower() or _RESERVED.match(name) or many:
        name = f"{name}-{digest[:HASH_CHARACTERS]}" if name else digest[:HASH_CHARACTERS]
    folder = f"{FEEDBACK}/{digest[-2:]}" if many else FEEDBACK
    return f"{folder}/{name}.html"
