"""Texts on their way into a CSV file that a spreadsheet will open: none of them may become a formula.

Source: OWASP ASVS 1.2.10. Quoting does not help: a spreadsheet takes the quotes away and then looks at the first sign.
"""

# NUL is dropped by spreadsheets, and what stands behind it becomes the first character.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\0")


def guard(text: str) -> str:
    """Return the text with a leading `'` if a spreadsheet could take it for a formula; numbers of ours need none."""
    return "'" + text if text.startswith(FORMULA_STARTS) else text
