"""From a submission's content to something that can be graded; nothing is ever written to the disk."""

from grader.batch.opening.opened import Opened, open_content

__all__ = ["Opened", "open_content"]
