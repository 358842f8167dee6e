"""mysql:8.0: what the first start makes of its environment."""

from grader.containers.mysql.model import MySQL, read
from grader.containers.mysql.settings import Account

__all__ = ["Account", "MySQL", "read"]
