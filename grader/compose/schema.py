"""The schema stage: which keys and which kinds of values a compose file may have.

Compose: `schema/compose-spec.json` of compose-go 2.9.1, checked as santhosh-tekuri/jsonschema 6.0.1 does. Of several
faults Compose names the one that lies deepest; an unknown key counts as one level deeper than its map.
"""

import re
from collections.abc import Callable
from typing import Any, Literal

from grader.compose.gotext import quote
from grader.compose.items import Steps
from grader.compose.timestamps import Timestamp
from grader.compose.tree import Map, Seq
from grader.light_tuple import NamedTuple
from grader.patterns import compiled

MAX_COMPARED_ITEMS = 20  # of longer lists Compose compares only those that look alike
TEST_WORDS = frozenset(["CMD", "CMD-SHELL", "NONE"])  # how the list of a healthcheck's `test` begins

_CLASSES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "number": (int, float),
    "integer": (int,),  # and a float without a fraction
    "boolean": (bool,),
    "null": (type(None),),
    "object": (Map,),
    "array": (Seq,),
}


class Schema:
    """One rule.

    `fields` are the rules of named keys, `values` that of all other keys whose name `names` accepts; `extra` says
    which keys may be there besides. `plain` are the classes of values that need no further look.
    """

    __slots__ = (
        "by_class", "choices", "classes", "enum", "extra", "fields", "items", "least", "most", "names", "of_map",
        "of_seq", "pattern", "plain", "required", "unique", "values", "wanted",
    )  # fmt: skip

    def __init__(
        self,
        *types: str,
        fields: "dict[str, Schema] | None" = None,
        names: Callable[[str], bool] = bool,
        values: "Schema | None" = None,
        extra: Literal["x-", "none", "any"] = "x-",
        items: "Schema | None" = None,
        unique: bool = False,
        choices: "tuple[Schema, ...]" = (),
        enum: tuple[str, ...] = (),
        required: tuple[str, ...] = (),
        pattern: str = "",
        least: int | None = None,
        most: int | None = None,
    ) -> None:
        self.fields = fields or {}
        self.names = names
        self.values = values
        self.extra = extra
        self.items = items
        self.unique = unique
        self.choices = choices
        self.by_class = {one: choice for choice in choices for one in choice.classes}
        self.enum = enum
        self.required = required
        self.pattern = pattern
        self.least = least
        self.most = most
        self.wanted = _wanted(types)
        self.classes: frozenset[type] = frozenset(one for name in types for one in _CLASSES[name])
        plain = set(self.classes)
        if fields is not None or values is not None:
            plain.discard(Map)
        if items is not None or unique:
            plain.discard(Seq)
        if enum or pattern:
            plain.discard(str)
        if least is not None:
            plain.discard(int)
        self.plain: frozenset[type] = frozenset(plain.union(*(choice.plain for choice in choices)))
        # the rule for a map and for a list, of several the one that is meant for it
        self.of_map: Schema | None = self if Map in self.classes else self.by_class.get(Map)
        self.of_seq: Schema | None = self if Seq in self.classes else self.by_class.get(Seq)


def _wanted(types: tuple[str, ...]) -> str:
    names = ["mapping" if name == "object" else name for name in types]
    return f"{', '.join(sorted(names)[:-1])} or {max(names)}" if len(names) > 1 else "".join(names)


_ONLY_TEXT = frozenset([str])


class Fault(NamedTuple):
    """One value that breaks a rule. `unknown` are the keys of the map at `steps` that must not be there."""

    depth: int
    steps: Steps
    text: str
    kind: str
    container: Any
    key: Any
    unknown: tuple[str, ...] = ()


def check(value: Any, schema: Schema, steps: Steps, container: Any, key: Any, found: list[Fault]) -> None:
    """Append to `found` what is wrong with `value`, which stands in `container` under `key`."""
    kind = value.__class__
    if kind in schema.plain:
        return
    if kind is Timestamp:
        _fault("invalid jsonType time.Time", "schema_type", steps, container, key, found)
    elif schema.choices:
        _check_choices(value, schema, steps, container, key, found)
    elif schema.classes and kind not in schema.classes and not (kind is float and _is_integer(value, schema)):
        _fault(f"must be a {schema.wanted}", _type_kind(schema, steps), steps, container, key, found)
    elif kind is Map:
        _check_map(value, schema, steps, container, key, found)
    elif kind is Seq:
        _check_seq(value, schema, steps, container, key, found)
    elif kind is str:
        if schema.enum and value not in schema.enum:
            many = "one of " if len(schema.enum) > 1 else ""
            text = f"value must be {many}{', '.join(map(_quote, schema.enum))}"
            _fault(text, "schema_value", steps, container, key, found)
        elif schema.pattern and not compiled(schema.pattern).search(value):
            text = f"{_quote(value)} does not match pattern {_quote(schema.pattern)}"
            _fault(text, "schema_value", steps, container, key, found)
    elif schema.least is not None and value < schema.least:
        _fault(f"must be greater than or equal to {schema.least}", "schema_value", steps, container, key, found)
    elif schema.most is not None and value > schema.most:
        _fault(f"must be less than or equal to {schema.most}", "schema_value", steps, container, key, found)


def _fault(text: str, kind: str, steps: Steps, container: Any, key: Any, found: list[Fault]) -> None:
    found.append(Fault(len(steps), steps, text, kind, container, key))


def _is_integer(value: float, schema: Schema) -> bool:
    return int in schema.classes and value.is_integer()


def _type_kind(schema: Schema, steps: Steps) -> str:
    return "services_not_mapping" if schema.wanted == "mapping" and steps[0] == "services" else "schema_type"


def _check_choices(value: Any, schema: Schema, steps: Steps, container: Any, key: Any, found: list[Fault]) -> None:
    """One of several rules must hold; the faults are those of the rule that got deepest."""
    kind = value.__class__
    likely = schema.by_class.get(kind)
    if likely is not None:
        count = len(found)
        if kind is Map:
            _check_map(value, likely, steps, container, key, found)
        elif kind is Seq:
            _check_seq(value, likely, steps, container, key, found)
        else:
            check(value, likely, steps, container, key, found)
        if len(found) == count:
            return
        del found[count:]
    deepest: list[Fault] = []
    for choice in schema.choices:
        faults: list[Fault] = []
        check(value, choice, steps, container, key, faults)
        if not faults:
            return
        if not deepest or _depth(faults) > _depth(deepest):
            deepest = faults
    found.extend(deepest)


def _depth(faults: list[Fault]) -> int:
    return max(fault.depth for fault in faults)


def _check_map(value: Map, schema: Schema, steps: Steps, container: Any, key: Any, found: list[Fault]) -> None:
    fields = schema.fields
    values = schema.values
    if values is not None and not fields and are_plain(value, values, schema.names):
        return
    absent = [name for name in schema.required if name not in value]
    if absent:
        text = f"missing {'properties' if len(absent) > 1 else 'property'} {', '.join(map(_quote, absent))}"
        found.append(Fault(len(steps), steps, text, "schema_value", container, key))
    unknown = []
    for name, item in value.items():
        rule = fields.get(name)
        if rule is None and values is not None and schema.names(name):
            rule = values
        if rule is not None:
            if item.__class__ not in rule.plain:
                check(item, rule, (*steps, name), value, name, found)
        elif schema.extra == "none" or (schema.extra == "x-" and not name.startswith("x-")):
            unknown.append(name)
    if unknown:
        text = unknown_text(tuple(unknown))
        found.append(Fault(len(steps) + 1, steps, text, "schema_unknown_key", value, None, tuple(unknown)))


def are_plain(value: Map, rule: Schema, names: Callable[[str], bool]) -> bool:
    """Tell whether a map has nothing but entries that need no further look."""
    return rule.plain.issuperset(map(type, value.values())) and all(map(names, value))


def unknown_text(names: tuple[str, ...]) -> str:
    """Return the message about keys that must not be there."""
    return f"additional properties {', '.join(map(_quote, names))} not allowed"


def _check_seq(value: Seq, schema: Schema, steps: Steps, container: Any, key: Any, found: list[Fault]) -> None:
    if schema.unique and len(value) > 1:
        twins = equal_items(value)
        if twins is not None:
            text = f"items at {twins[0]} and {twins[1]} are equal"
            _fault(text, "schema_value", steps, container, key, found)
    rule = schema.items
    if rule is not None:
        plain = rule.plain
        if plain.issuperset(map(type, value)):
            return
        for index, item in enumerate(value):
            if item.__class__ not in plain:
                check(item, rule, (*steps, index), value, index, found)


def equal_items(value: Seq) -> tuple[int, int] | None:
    """Return the first two indexes of equal items; a number equals the same number written otherwise.

    In a short list it equals a text of that number too, if the text stands before it.
    """
    if _ONLY_TEXT.issuperset(map(type, value)) and len(set(value)) == len(value):
        return None
    seen: dict[Any, int] = {}
    is_short = len(value) <= MAX_COMPARED_ITEMS
    for index, item in enumerate(value):
        identity = _identity(item)
        known = seen.get(identity, index)
        if is_short and type(item) in (int, float):
            texts = (at for at in range(known) if type(value[at]) is str and _spells(value[at], item))
            known = next(texts, known)
        if known < index:
            return known, index
        seen[identity] = index
    return None


_SPELT_NUMBER = r"[-+]?(?:0[xX][0-9a-fA-F_]+|[0-9_]+(?:/[0-9_]+)?|[0-9_]*\.?[0-9_]*(?:[eE][-+]?[0-9]{1,3})?)"


def _spells(text: str, number: float) -> bool:
    """Tell whether a text is a number as Go's fractions are written: `5`, `5.0`, `10/2`, `0x5`."""
    from fractions import Fraction  # here, because hardly a list mixes numbers and texts

    if not re.fullmatch(_SPELT_NUMBER, text) or number in (float("inf"), float("-inf")) or number != number:
        return False
    digits = text.replace("_", "")
    try:
        return (int(digits, 16) if "x" in digits.lower() else Fraction(digits)) == Fraction(number)
    except (ValueError, ZeroDivisionError):
        return False


def _identity(item: Any) -> Any:
    if isinstance(item, bool):
        return ("bool", item)
    if isinstance(item, Map):
        return ("map", frozenset((name, _identity(inner)) for name, inner in item.items()))
    if isinstance(item, Seq):
        return ("seq", tuple(map(_identity, item)))
    return item


def _quote(text: str) -> str:
    """Return a text in single quotes as the schema's messages show it: a backslash at the end loses its own."""
    return "'" + quote(text).replace('\\"', '"').replace("'", "\\'")[1:-1] + "'"
