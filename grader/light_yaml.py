"""PyYAML's C parser without the rest of PyYAML, for the start of the command.

`import yaml` loads readers and writers in Python and compiles their patterns, a quarter of the time of a cold `grade`,
which uses the C parser alone. The parser needs of them only the classes of their errors. So it is given stand-ins, and
PyYAML is completed as soon as anybody asks for more of it.
"""

import sys
from importlib.machinery import PathFinder
from types import ModuleType, SimpleNamespace
from typing import Any

# the class of errors that the C parser takes from each module when it is loaded
_ERRORS = {
    "reader": "ReaderError",
    "scanner": "ScannerError",
    "parser": "ParserError",
    "composer": "ComposerError",
    "constructor": "ConstructorError",
    "emitter": "EmitterError",
    "serializer": "SerializerError",
    "representer": "RepresenterError",
}


def load_parser_only() -> None:
    """Load `yaml._yaml`, once a process, before anything imports `yaml`. Whatever fails is left to `import yaml`."""
    spec = PathFinder.find_spec("yaml")
    if "yaml" in sys.modules or spec is None or spec.loader is None:
        return
    package = ModuleType("yaml")
    package.__spec__, package.__loader__, package.__file__ = spec, spec.loader, spec.origin
    package.__path__ = list(spec.submodule_search_locations or ())
    sys.modules["yaml"] = package
    try:
        _load_parser(package)
    except (ImportError, AttributeError):
        for name in [name for name in sys.modules if name.partition(".")[0] == "yaml"]:
            del sys.modules[name]


def _load_parser(package: Any) -> None:
    import yaml.error
    import yaml.events
    import yaml.nodes
    import yaml.tokens

    for module, name in _ERRORS.items():
        setattr(package, module, SimpleNamespace(**{name: type(name, (yaml.error.MarkedYAMLError,), {})}))
    import yaml._yaml

    for module in _ERRORS:
        delattr(package, module)
    package.__getattr__ = _completed  # Python calls it for what the package lacks


def _completed(name: str) -> Any:
    complete()
    return getattr(sys.modules["yaml"], name)


def complete() -> bool:
    """Load the rest of PyYAML, so that the C parser raises PyYAML's own errors; False where it was all there."""
    package: Any = sys.modules.get("yaml")
    if package is None or package.__dict__.pop("__getattr__", None) is None:
        return False
    package.__spec__.loader.exec_module(package)
    for module, name in _ERRORS.items():
        setattr(package._yaml, name, getattr(sys.modules[f"yaml.{module}"], name))
    return True
