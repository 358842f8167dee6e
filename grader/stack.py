"""What a check looks at: the project as Compose reads it, and what its containers would do."""

from collections.abc import Callable, Collection, Mapping

from grader.compose.marks import Mark, Marks
from grader.compose.model import Loaded, Network, Project, Service, Variable
from grader.containers import Containers, read_containers
from grader.exercise import Check
from grader.findings import PASSED, Finding
from grader.places import Place
from grader.skeleton import Changes


class Stack:
    """One submission under judgement.

    The container models are read once, on first use. `changes` tells what differs from the skeleton; `asked_places`
    maps the variables and mounts that the rubric asks for to the check that judges them, `asked` names these variables
    by service, sorted; `given_services` are those of the skeleton, asked about or not. `judged` returns what a check
    says of a stack; it is handed in, because the checks know the stack. `findings` are those of the checks that have
    judged already; `lost` tells of the ones that did not pass whether they found a fault, whoever owns it. `slips` are
    by service, and by the name that was meant, the variables whose names are one slip away from what is asked.
    """

    __slots__ = (
        *("_asked", "_containers", "asked_places", "changes", "findings", "given_services", "judged", "loaded", "lost"),
        *("memo", "project", "slips"),
    )

    def __init__(
        self,
        loaded: Loaded,
        changes: Changes,
        asked_places: Mapping[Place, Check],
        asked: Mapping[str, tuple[str, ...]],
        given_services: Collection[str],
        judged: "Callable[[Check, Stack], Finding]",
    ) -> None:
        self.loaded = loaded
        self.project: Project = loaded.project
        self.changes = changes
        self.asked_places = asked_places
        self.given_services = given_services
        self.judged = judged
        self._containers: Containers | None = None
        self.findings: dict[str, Finding] = {}
        self.lost: dict[str, bool] = {}
        self.slips: dict[str, Mapping[str, Variable]] = {}
        self._asked = asked
        # what several steps work out from the same stack, by the class of the result
        self.memo: dict[type, object] = {}

    @property
    def containers(self) -> Containers:
        """What cp-kafka, mongo and mysql would do."""
        if self._containers is None:
            self._containers = read_containers(self.project)
        return self._containers

    def asked(self, service: str) -> tuple[str, ...]:
        """Return the names of the variables that the rubric asks of a service, sorted."""
        return self._asked.get(service, ())

    def service(self, name: str) -> Service:
        """Return a service; the engine has already skipped the checks of one that is missing."""
        return self.project.services[name]

    def given(self, service: str, variable: str) -> Variable | None:
        """Return a variable that has a text; an empty one, or one of blanks only, counts as absent."""
        found = self.project.services[service].environment.get(variable)
        if found is None or found.value is None or not found.value.strip():
            return None
        return found

    def text(self, service: str, variable: str) -> str | None:
        """Return the text of a variable, None if it is absent or empty, or if the service is."""
        if service not in self.project.services:
            return None
        found = self.given(service, variable)
        return None if found is None else found.value

    def with_loaded(self, loaded: Loaded) -> "Stack":
        """Return a stack for another reading of the same submission."""
        return Stack(loaded, self.changes, self.asked_places, self._asked, self.given_services, self.judged)

    def with_given_names(self) -> "Stack":
        """Return the same stack with all services on one network and under the names that the skeleton gives them."""
        services = {
            name: service.with_networks((Network("skeleton", self.changes.names.get(name, ())),))
            for name, service in self.project.services.items()
        }
        return self.with_loaded(self.loaded._replace(project=self.project.with_services(services)))

    def with_unknown_user(self, server: str) -> "Stack":
        """Return the same stack with a MongoDB server whose root user stands in files that nobody can read here."""
        from grader.containers.mongodb import PASSWORD, USER  # here, because it is hardly ever asked

        here = self.project.services[server]
        marks = Marks(here.at, here.at)
        names = (f"{name}_FILE" for name in (USER, PASSWORD))
        unknown = {name: Variable(name, "/run/unknown", here.at, marks) for name in names}
        services = {**self.project.services, server: here.with_environment(unknown)}
        return self.with_loaded(self.loaded._replace(project=self.project.with_services(services)))

    def is_lost(self, service: str, variable: str) -> bool:
        """Tell whether the check of a variable is lost for what the variable itself says."""
        check = self.asked_places.get(("services", service, "environment", variable))
        if check is None or service not in self.project.services:
            return False
        found = self.findings.get(check.id)
        if found is not None and found.outcome is PASSED:
            return False
        if check.id not in self.lost:
            self.lost[check.id] = self.judged(check, self).outcome.lost
        return self.lost[check.id]

    @property
    def other_file_damaged(self) -> bool:
        """Tell whether a second compose file is broken: nobody knows what it was meant to bring."""
        main = self.loaded.files[0]
        return any(refusal.kind == "yaml_syntax" and refusal.at.file != main for refusal in self.loaded.refusals)

    @property
    def unread(self) -> frozenset[str]:
        """The top-level parts that are there but could not be read."""
        return frozenset(
            refusal.path[0]
            for refusal in self.loaded.refusals
            if len(refusal.path) == 1 and refusal.path[0] == "volumes"
        )

    @property
    def untouched(self) -> bool:
        """Tell whether nothing of what the TASK asks for has been written anywhere."""
        return (
            self.project.volumes_at is None
            and not self.loaded.refusals
            and all(untouched(service) for service in self.project.services.values())
        )


def untouched(service: Service) -> bool:
    """Tell whether a service still lacks environment and volumes, as in the skeleton."""
    return (
        not service.environment
        and not service.volumes
        and service.environment_at is None
        and service.volumes_at is None
        and not service.unread
    )


def environment_place(service: Service) -> Mark:
    """Return the key under which a missing variable belongs."""
    return service.environment_at or service.at


def volumes_place(service: Service) -> Mark:
    """Return the key under which a missing mount belongs."""
    return service.volumes_at or service.at
