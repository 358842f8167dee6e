"""A MongoDB URL, taken apart as PyMongo 4 does it. What it refuses was seen by asking it.

MongoDB: `mongodb://[user:password@]host[:port][/database][?name=value&...]`.
"""

from grader.light_tuple import NamedTuple
from grader.remembered import remembered

SCHEME = "mongodb://"
BAD_DATABASE_SIGNS = '/ "$'  # PyMongo refuses the URL
MAX_PORT = 65535
MAX_PORT_CHARACTERS = 20
HEX_DIGITS = frozenset("0123456789abcdefABCDEF")


class Address(NamedTuple):
    """The parts of a URL. `user` is None without a log-in; `options` have lower-case names."""

    user: str | None
    password: str | None
    host: str
    port: int | None
    database: str
    options: dict[str, str]


@remembered
def parse(text: str) -> Address | str:
    """Take a URL apart; a text says what is wrong with it."""
    if text[:1] in "\"'":
        return "begins with a quote: in a list item the quotes belong around the whole item"
    if text.startswith("mongodb+srv://"):
        return "asks the DNS for the server (mongodb+srv), and there is no such entry here"
    if not text.startswith(SCHEME):
        return f"does not begin with {SCHEME}"
    rest, _, query = text[len(SCHEME) :].partition("?")
    authority, _, database = rest.partition("/")
    login, at, hosts = authority.rpartition("@")
    complaint = _bad_login(login) if at else None
    if complaint is not None:
        return complaint
    if not hosts:
        return "names no host"
    if "," in hosts:
        return "names several servers, and there is only one"
    if not at and "@" in query.partition("=")[0]:
        return "has a ? before its @: one inside a password must be written %3F"
    host, colon, port_text = hosts.partition(":")
    port = _port(port_text) if colon else None
    if colon and port is None and not at and "@" in database:
        return "has a / before its @: one inside a password must be written %2F"
    if colon and port is None:
        return f"has {port_text!r} where the port belongs"
    if any(sign in decoded(database) for sign in BAD_DATABASE_SIGNS):
        return f"names a database {database!r}, which no database can be called"
    options = _options(query) if query else {}
    if isinstance(options, str):
        return options
    user, _, password = login.partition(":")
    name, secret = (decoded(user, plus=True), decoded(password, plus=True)) if at else (None, None)
    # PyMongo: what follows the first dot would be a collection
    return Address(name, secret, host, port, decoded(database.partition(".")[0]), options)


def decoded(text: str, *, plus: bool = False) -> str:
    """Take percent-encoding away; with `plus` a + is a blank, which it is in log-ins and options."""
    if plus:
        text = text.replace("+", " ")
    if "%" not in text:
        return text
    from urllib.parse import unquote  # costs 3 ms: only paid by URLs that need it

    return unquote(text)


def _port(text: str) -> int | None:
    """Read a port that is written in digits alone."""
    if len(text) > MAX_PORT_CHARACTERS or not text.isascii() or not text.isdigit():
        return None
    return int(text) if 0 < int(text) <= MAX_PORT else None


def _bad_login(login: str) -> str | None:
    """Say why user and password cannot be read; they are not shown."""
    user, colon, password = login.partition(":")
    if "@" in login or not login:
        return "has an @ too many: one inside a password must be written %40"
    if not user:
        return "names no user in front of its password"
    if not colon or not password:
        return "names a user without a password"
    if ":" in password:
        return "has a : too many before its @: one inside a password must be written %3A"
    if any(not HEX_DIGITS.issuperset(part[:2]) or len(part) < 2 for part in login.split("%")[1:]):
        return "has a % before its @ that begins no code: one inside a password must be written %25"
    return None


def _options(query: str) -> dict[str, str] | str:
    """Read the options; the last of two with one name wins."""
    if "&" in query and ";" in query:
        return "separates its options by & and by ;"
    options = {}
    items = query.split(";" if ";" in query else "&")
    for item in items:
        name, equals, value = item.partition("=")
        if not equals or "=" in value or (len(items) == 1 and " " in item):
            return f"has {item!r} where an option of the form name=value belongs"
        options[name.lower()] = decoded(value, plus=True)
    if "tls" in options and options.get("ssl", options["tls"]) != options["tls"]:
        return "has the options ssl and tls, which contradict each other"
    if options.get("authsource", "admin") == "":
        return "has the option authSource without a database"
    return options
