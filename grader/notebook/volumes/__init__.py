"""A laboratory of volumes: what becomes of data while commands run, on paper and on a Docker engine if one answers.

`from grader.notebook import volumes`, then `volumes.lab("up; write; down; up")`.
"""

from grader.notebook.volumes.lab import Lab, lab

__all__ = ["Lab", "lab"]
