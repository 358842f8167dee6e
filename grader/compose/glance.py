"""A first look at a project: whether it keeps every rule of the schema, as nearly all do.

It notes no paths and no faults, so it takes half the time of `grader.compose.schema.check`.
"""

from grader.compose.schema import Schema, are_plain, equal_items
from grader.compose.tree import Map, Seq
from grader.patterns import compiled


def fits(value: Map, schema: Schema) -> bool:
    """Tell at a glance whether a map keeps a rule, as nearly all do; a no only means that `check` must look closer."""
    fields = schema.fields
    others = schema.values
    if others is not None and not fields and are_plain(value, others, schema.names):
        return True
    for name in schema.required:
        if name not in value:
            return False
    for name, item in value.items():
        rule = fields.get(name)
        if rule is None:
            if others is None or not schema.names(name):
                if schema.extra == "any" or (schema.extra == "x-" and name.startswith("x-")):
                    continue
                return False
            rule = others
        kind = item.__class__
        if kind in rule.plain:
            continue
        if kind is Map:
            if rule.of_map is None or not fits(item, rule.of_map):
                return False
        elif kind is str:
            if item not in rule.enum and not (rule.pattern and compiled(rule.pattern).search(item)):
                return False
        elif kind is not Seq or rule.of_seq is None or not _items_fit(item, rule.of_seq):
            return False
    return True


def _items_fit(value: Seq, schema: Schema) -> bool:
    if schema.unique and len(value) > 1 and equal_items(value) is not None:
        return False
    rule = schema.items
    if rule is None or rule.plain.issuperset(map(type, value)):
        return True
    of_map = rule.of_map
    for item in value:
        if item.__class__ not in rule.plain and (of_map is None or item.__class__ is not Map or not fits(item, of_map)):
            return False
    return True
