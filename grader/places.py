"""Which part of the model a check judges. Refusals and unread parts find their owner through it."""

Place = tuple[str, ...]


def variable_place(service: str, variable: str) -> Place:
    """The place of one variable of one service."""
    return ("services", service, "environment", variable)


def mount_place(service: str, target: str) -> Place:
    """The place of the mount at one path of one service."""
    return ("services", service, "volumes", target)
