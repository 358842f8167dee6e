"""The container starts and its clients can work with it.

It can be lost alone only for what no other check owns, for example a variable more that does harm.
"""

from grader.containers.verdict import Verdict
from grader.findings import Finding, failed, not_attempted, passed
from grader.places import Place
from grader.stack import Stack, untouched

KIND = "container-starts"
PARAMETERS = {"service": str}


def places(*, service: str) -> tuple[Place, ...]:
    """No place of its own."""
    return ()


def check(stack: Stack, *, service: str) -> Finding:
    """The verdict of the container's model."""
    here = stack.service(service)
    if untouched(here):
        return not_attempted(f"The service {service} has neither environment nor volumes yet", at=here.at)
    model = stack.containers.of(service)
    if model is None or model.verdict is Verdict.WORKS:
        return passed(at=here.at)
    problem = next(problem for problem in model.problems if problem.verdict is not Verdict.WORKS)
    return failed(problem.explanation, at=problem.marks or here.at, container_message=problem.message)
