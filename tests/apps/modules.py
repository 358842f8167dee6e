"""Import the platform's modules, which are no packages of this project, or skip the test with the reason."""

import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
BACKEND = "apps/mongo_backend"
CONSUMER = "apps/mysql_server"


def load(name: str, *libraries: str, app: str | None = None) -> ModuleType:
    """Return the module `name` of the folder `app` (None: of `shared`); skip where one of the libraries is missing."""
    for library in libraries:
        pytest.importorskip(library, reason=f"{library} is not installed; see the requirements.txt of {BACKEND}")
    folder = str(ROOT / app) if app else str(ROOT)
    if folder not in sys.path:
        sys.path.append(folder)
    return importlib.import_module(name)
