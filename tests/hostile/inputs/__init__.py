"""Hostile submissions by name, each made when it is asked for."""

from collections.abc import Callable

from tests.hostile.inputs.broken import broken
from tests.hostile.inputs.files import dotenv, projects
from tests.hostile.inputs.large import large
from tests.hostile.inputs.nested import anchors, deep, templates
from tests.hostile.inputs.pieces import Project
from tests.hostile.inputs.strange import strange
from tests.hostile.inputs.values import values

GROUPS = (broken, large, deep, anchors, templates, dotenv, projects, values, strange)
PROJECTS: dict[str, Callable[[], Project]] = {name: make for group in GROUPS for name, make in group()}
