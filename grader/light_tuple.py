"""Named tuples that are declared in no time, for the records of what every start of `grade` imports.

`typing.NamedTuple` compiles a constructor for each class. Forty of them were a tenth of a cold `grade`, and most are
never called with names. Here a class only names its fields when it is declared; `namedtuple` is asked for a constructor
when one is first called with names, or without a value that has a default. For a type checker, and for whoever uses
them, the records are those of `typing`.
"""

from _collections import _tuplegetter  # type: ignore[import-not-found]  # how `namedtuple` reads a field
from collections import namedtuple
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, Self

_made = tuple.__new__


class _Record(tuple[Any, ...]):
    _fields: ClassVar[tuple[str, ...]] = ()
    _field_defaults: ClassVar[dict[str, Any]] = {}

    def __init_subclass__(cls) -> None:
        """Make fields of what the class annotates, and defaults of what it sets."""
        fields = cls._fields = tuple(cls.__annotations__)
        setattr(cls, "__match_args__", fields)  # noqa: B010 - a type checker knows it as a constant
        body = vars(cls)
        cls._field_defaults = {field: body[field] for field in fields if field in body}
        for index, field in enumerate(fields):
            setattr(cls, field, _tuplegetter(index, None))

    def __new__(cls, *values: Any, **named: Any) -> Self:
        if named or len(values) != len(cls._fields):
            constructor = staticmethod(_constructor(cls.__name__, cls._fields, cls._field_defaults.values()))
            setattr(cls, "__new__", constructor)  # noqa: B010 - the next call goes there
            return cls(*values, **named)
        return _made(cls, values)

    @classmethod
    def _make(cls, values: Iterable[Any]) -> Self:
        return cls(*values)

    def _asdict(self) -> dict[str, Any]:
        return dict(zip(self._fields, self, strict=True))

    def _replace(self, **named: Any) -> Self:
        replaced = _made(type(self), map(named.pop, self._fields, self))
        if named:
            raise TypeError(f"{type(self).__name__} has no field {', '.join(named)}")
        return replaced

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self._asdict().items())})"

    def __getnewargs__(self) -> tuple[Any, ...]:
        return tuple(self)


def _constructor(name: str, fields: Iterable[str], defaults: Iterable[Any]) -> Any:
    return namedtuple(name, fields, defaults=defaults).__new__


if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:
    NamedTuple = _Record
