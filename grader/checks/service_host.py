"""A host name under which a client's container reaches a server's container.

Compose: on a shared network a service is known by its name, its container name and its aliases; `localhost` is the
client's own container.
"""

from grader.checks.variable import absent
from grader.findings import Finding, failed, passed
from grader.places import Place, variable_place
from grader.stack import Stack

KIND = "service-host"
PARAMETERS = {"service": str, "variable": str, "server": str}

LOOPBACK = ("localhost", "127.0.0.1", "::1", "0.0.0.0")


def places(*, service: str, variable: str, server: str) -> tuple[Place, ...]:
    """The one variable."""
    return (variable_place(service, variable),)


def check(stack: Stack, *, service: str, variable: str, server: str) -> Finding:
    """Any name that leads to the server is right. MySQL Connector/Python takes blanks around it away."""
    found = stack.given(service, variable)
    if found is None:
        return absent(stack, service, variable)
    host = found.value or ""
    complaint = judge_host(stack, service, host.strip(), server)
    if complaint is not None:
        return failed(complaint, at=found.at, actual=host)
    return passed(at=found.at)


def judge_host(stack: Stack, client: str, host: str, server: str) -> str | None:
    """Say what is wrong with a host name that should lead from `client` to `server`; None: nothing."""
    if "://" in host or "/" in host:
        return f"{host!r} is no host name but an address; only the name is asked here"
    if ":" in host and host not in LOOPBACK:
        return f"{host!r} carries a port; only the host name is asked here"
    if host in LOOPBACK:
        return f"The name {host} is the container of {client} itself, not that of {server}"
    if host != host.strip() or " " in host:
        return f"{host!r} has blanks in it; no host is called so"
    reached = stack.project.resolve(client, host)
    if reached is None:
        return f"The container of {client} reaches nobody under the name {host!r}"
    if reached != server:
        return f"{host!r} leads to {reached}, not to {server}"
    return None
