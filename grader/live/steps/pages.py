"""What the steps ask the app on the host over HTTP."""

import json
import urllib.error
import urllib.request
from typing import Any, NamedTuple

from grader.live.session import Session

APP_PORT = 8000
ANSWER_SECONDS = 10.0
MAX_ANSWER_BYTES = 256 * 1024

# the host itself is asked: no proxy stands in between
_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Answer(NamedTuple):
    """What came back: the status code (None: nobody answered), and the text or its complaint."""

    code: int | None
    text: str

    def data(self) -> dict[str, Any]:
        """Return the JSON object in it; empty where there is none."""
        try:
            found = json.loads(self.text)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}


def ask_app(session: Session, path: str, body: dict[str, Any] | None = None) -> Answer:
    """Ask the app for a page, or give it something to store."""
    container = session.project.containers().get("app")
    address = container.ports.get(APP_PORT) if container is not None else None
    if address is None:
        return Answer(None, f"the app publishes no port {APP_PORT}")
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"http://{address}{path}", data, {"Content-Type": "application/json"})
    try:
        with _OPENER.open(request, timeout=ANSWER_SECONDS) as response:
            return Answer(response.status, _text(session, response.read(MAX_ANSWER_BYTES)))
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, _text(session, error.read(MAX_ANSWER_BYTES)))
    except (OSError, ValueError) as error:
        return Answer(None, _silence(address, getattr(error, "reason", error)))
    except Exception as error:  # http.client has errors of its own for whatever a server may send
        return Answer(None, type(error).__name__)


def _silence(address: str, reason: object) -> str:
    """Say what the system calls a number. Docker: its proxy takes a call, and drops it if the app does not listen."""
    if isinstance(reason, ConnectionError):
        return f"nobody answers at {address}"
    if isinstance(reason, TimeoutError):
        return f"no answer from {address} within {ANSWER_SECONDS:.0f} seconds"
    return str(reason)


def _text(session: Session, data: bytes) -> str:
    return session.project.tame(data.decode("utf-8", "replace"))
