"""The containers of the exercise whose images judge their environment, and their models."""

from collections.abc import Callable

from grader.compose.model import Project
from grader.containers import kafka, mongodb, mysql
from grader.containers.kafka import Kafka
from grader.containers.mongodb import MongoDB
from grader.containers.mysql import MySQL
from grader.light_tuple import NamedTuple

Model = Kafka | MongoDB | MySQL


class Containers(NamedTuple):
    """The models of a project; None for a service that is not there."""

    kafka: Kafka | None
    mongodb: MongoDB | None
    mysql: MySQL | None

    def of(self, service: str) -> Model | None:
        """Return the model of a service by its usual name, None if there is none."""
        model: Model | None = getattr(self, service) if service in self._fields else None
        return model


READERS: dict[str, Callable[[Project, str], Model]] = {
    "mongodb": mongodb.read,
    "kafka": kafka.read,
    "mysql": mysql.read,
}


def read_containers(
    project: Project, *, kafka_service: str = "kafka", mongodb_service: str = "mongodb", mysql_service: str = "mysql"
) -> Containers:
    """Read every model once. A service is recognised by its name."""
    services = project.services
    return Containers(
        kafka.read(project, kafka_service) if kafka_service in services else None,
        mongodb.read(project, mongodb_service) if mongodb_service in services else None,
        mysql.read(project, mysql_service) if mysql_service in services else None,
    )
