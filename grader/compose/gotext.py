"""Texts as Go writes them: numbers with a fraction, and quoted strings in messages."""


def quote(text: str) -> str:
    """Return a text in double quotes as Go's `%q` writes it."""
    if text.isascii() and text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return '"' + "".join(map(_quoted_character, text)) + '"'


_ESCAPES = {
    '"': '\\"', "\\": "\\\\", "\a": "\\a", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\v": "\\v",
}  # fmt: skip


def _quoted_character(character: str) -> str:
    escape = _ESCAPES.get(character)
    if escape is not None:
        return escape
    if character.isprintable():
        return character
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:  # a byte that is no UTF-8, as Python's `surrogateescape` keeps it
        return f"\\x{code - 0xDC00:02x}"
    if code < 0x80:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def float_text(value: float) -> str:
    """Return a float as Go prints it: with the fewest digits, in exponent form below 0.0001 and from 1000000 on."""
    if value != value:
        return "NaN"
    if value in (float("inf"), float("-inf")):
        return "+Inf" if value > 0 else "-Inf"
    size = abs(value)
    if size != 0 and (size < 1e-4 or size >= 1e6):
        mantissa, _, exponent = _exponent_form(value).partition("e")
        return f"{mantissa}e{exponent}"
    text = repr(value)
    return text[:-2] if text.endswith(".0") else text


def _exponent_form(value: float) -> str:
    text = repr(value)
    if "e" in text:
        return text
    sign, text = ("-", text[1:]) if text[0] == "-" else ("", text)
    whole, _, fraction = text.removesuffix(".0").partition(".")
    digits = (whole + fraction).rstrip("0")
    mantissa = digits[0] + ("." + digits[1:] if len(digits) > 1 else "")
    return f"{sign}{mantissa}e+{len(whole) - 1:02d}"
