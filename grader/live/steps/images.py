"""The images are there or built: the two apps from their folders, the others from this computer or a registry."""

from grader.live.session import Session, StepFinding, passed
from grader.live.taming import last_words

ID = "images"
TITLE = "Images are there or built"
LIMIT_SECONDS = 900.0  # the first time a gigabyte is fetched
NEEDS = ("compose",)
SERVICES: tuple[str, ...] = ()


def run(session: Session) -> StepFinding:
    """Build what is built, fetch only what is missing."""
    project = session.project
    services = session.resolved.get("services") or {}
    for image in sorted({str(service["image"]) for service in services.values() if not service.get("build")}):
        if project.engine.docker("image", "inspect", "--format", "{{.Id}}", image).well:
            continue
        fetched = project.engine.docker("pull", "--quiet", image, seconds=LIMIT_SECONDS)
        if not fetched.well:
            words = last_words(project.tame(fetched.error)) or "the time is over"
            return StepFinding(False, f"The image {image} is not here and cannot be fetched: {words}")
    if not any(service.get("build") for service in services.values()):
        return passed()
    built = project.compose("build", seconds=LIMIT_SECONDS)
    if built.well:
        return passed()
    words = last_words(project.tame(built.error)) or last_words(project.tame(built.out)) or "the time is over"
    return StepFinding(False, f"The apps cannot be built: {words}", "skeleton" if session.predicted.changes else None)
