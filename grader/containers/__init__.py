"""What the images of the exercise do with an environment and their mounts, without running them."""

from grader.containers.table import READERS, Containers, Model, read_containers

__all__ = ["READERS", "Containers", "Model", "read_containers"]
