"""The short form of a published port: `ip:host:container/protocol`, with ranges.

Compose: docker/go-connections 0.6.0 (`nat/`), as compose-go 2.9.1 uses it.
"""

from functools import lru_cache

MAX_PORT = 65535
MAX_PORTS_OF_A_RANGE = 256  # more of one range are not spelled out: nothing looks at them

Port = dict[str, str | int]


@lru_cache(maxsize=256)
def parse_port(text: str, most: int = MAX_PORTS_OF_A_RANGE) -> tuple[Port, ...]:
    """Return the ports of one short form, `most` of a range, to be copied from.

    Raises `ValueError` with Compose's message.
    """
    *address, host, container = (text if ":" in text else ":" + text).split(":")
    ip = ":".join(address)
    container, _, protocol = container.partition("/")
    protocol = (protocol or "tcp").lower() if container else ""
    if protocol not in ("tcp", "udp", "sctp"):
        raise ValueError(f"invalid proto: {protocol}")
    ip = _address(ip)
    try:
        first, last = _range(container)
    except ValueError:
        raise ValueError(f"invalid containerPort: {container}") from None
    first_host = last_host = 0
    if host:
        try:
            first_host, last_host = _range(host)
        except ValueError:
            raise ValueError(f"invalid hostPort: {host}") from None
        if last - first != last_host - first_host and last != first:
            raise ValueError(f"invalid ranges specified for container and host Ports: {container} and {host}")
    ports = []
    for offset in range(min(last - first + 1, most)):
        published = str(first_host + offset) if host else ""
        if host and first == last and first_host != last_host:
            published += f"-{last_host}"
        ports.append(_port(ip, first + offset, published, protocol))
    return tuple(ports)


def _port(ip: str, target: int, published: str, protocol: str) -> Port:
    port: Port = {"mode": "ingress"}
    if ip:
        port["host_ip"] = ip
    if target:  # Compose: a container port 0 is none
        port["target"] = target
    if published:
        port["published"] = published
    port["protocol"] = protocol
    return port


def _range(text: str) -> tuple[int, int]:
    parts = text.split("-")
    first, last = _number(parts[0]), _number(parts[1] if len(parts) > 1 else parts[0])
    if last < first:
        raise ValueError(text)
    return first, last


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 20 or int(text) > MAX_PORT:
        raise ValueError(text)
    return int(text)


def _address(ip: str) -> str:
    if ip.startswith("["):
        if not ip.endswith("]"):
            raise ValueError(f"invalid IP address {ip}: address {ip}:: missing ']' in address")
        ip = ip[1:-1]
    if ip and not is_address(ip):
        raise ValueError(f"invalid IP address: {ip}")
    return ip


def is_address(ip: str) -> bool:
    """Tell whether a text is an IPv4 or IPv6 address."""
    from ipaddress import ip_address  # here, because few files publish on an address

    try:
        ip_address(ip)
    except ValueError:
        return False
    return "%" not in ip
