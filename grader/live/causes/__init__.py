"""Why a service does not do its work: the decisive line of its log, and the check that owns the fault.

A student reads the same cause as in the report about the file: where that has lost a check which the line may be about,
its sentence counts and the line only confirms it. The texts of the images' scripts and servers are those that
`grader.containers` predicts; those of the platform are in `shared/` and `apps/`.
"""

from collections.abc import Collection, Mapping, Sequence
from fnmatch import fnmatchcase

from grader.live.causes import kafka, mongodb, mysql, platform
from grader.live.causes.lines import read_lines, shown
from grader.live.causes.signs import Found, Signs, find
from grader.live.records import Cause
from grader.report import CheckResult, Report

SIGNS: Mapping[str, Signs] = {
    "mongodb": mongodb.SIGNS,
    "kafka": kafka.SIGNS,
    "mysql": mysql.SIGNS,
    "app": platform.APP,
    "mysql-service": platform.MYSQL_SERVICE,
}
CUT = " ..."  # the end of a container's text that the report has shortened
MIN_WORDS_CHARACTERS = 12  # of a foretold text, so that it says something
# what a container's exit code says where its log is silent
EXIT_CODES = {
    132: "its processor is too old for this program",  # 128 + SIGILL
    137: "it was ended by force, perhaps because memory is used up",  # 128 + SIGKILL
}


def find_causes(
    service: str,
    log: str,
    *,
    report: Report | None = None,
    secrets: Collection[str] = (),
    exit_code: int | None = None,
) -> list[Cause]:
    """Return why a service does not do its work, the most decisive cause first; empty if its log does not say.

    `log` is what `docker logs` gives, of all starts, or `docker compose logs` of one service. `report` is the report
    about the file; `secrets` are texts that must not be shown; `exit_code` is that of a container
    which has ended.
    """
    lines = _current(service, read_lines(log))
    lost = _owners(report) if report is not None else {}
    known = SIGNS.get(service)
    found = [*_foretold(service, lines, lost), *(find(known, lines) if known is not None else ())]
    causes: dict[str | None, Cause] = {}
    waiting = {check.id: lost[check.because] for check in report.checks() if check.because in lost} if report else {}
    for sign in found:
        cause = _cause(service, sign, {**waiting, **lost}, secrets)
        if report is None or cause.check in lost or not sign.passing:
            causes.setdefault(cause.check, cause)
    ranked = sorted(causes.values(), key=lambda cause: cause.check not in lost)
    if not ranked and exit_code in EXIT_CODES:
        return [Cause(service, None, f"{service} has stopped: {EXIT_CODES[exit_code]} (exit code {exit_code}).", None)]
    return ranked


def _owners(report: Report) -> dict[str, CheckResult]:
    """Map the id of each lost check to itself, then that of each check which waits for one to the one it waits for."""
    lost = {check.id: check for check in report.checks() if check.outcome.lost}
    waiting = {check.id: lost[check.because] for check in report.checks() if check.because in lost}
    return {**lost, **{identity: check for identity, check in waiting.items() if identity not in lost}}


def _current(service: str, lines: Sequence[str]) -> Sequence[str]:
    """Leave out the lines about what is over. MySQL: what fails at its first start is never over."""
    if service == "kafka":
        return kafka.since_start(lines)
    return platform.still_waiting(lines) if service in platform.SERVICES else lines


def _foretold(service: str, lines: Sequence[str], lost: Mapping[str, CheckResult]) -> list[Found]:
    """Return what the report about the file has foretold and the log says word for word."""
    found = []
    for check in dict.fromkeys(lost.values()):
        if check.log is None or not check.id.startswith(f"{service}."):
            continue
        texts = [text.strip() for text in check.log.removesuffix(CUT).split("\n")]
        said = (text for text in texts if len(text) >= MIN_WORDS_CHARACTERS and any(text in line for line in lines))
        text = next(said, None)
        if text is not None:
            found.append(Found(text, (check.id,), check.message or check.title))
    return found


def _cause(service: str, sign: Found, lost: Mapping[str, CheckResult], secrets: Collection[str]) -> Cause:
    line = shown(sign.line, secrets)
    owner = next((check for name in sign.checks for check in _matching(name, lost)), None)
    if owner is None:
        named = next((name for name in sign.checks if "*" not in name), None)
        return Cause(service, named, sign.message, line)
    return Cause(service, owner.id, owner.message or owner.title, line)


def _matching(pattern: str, lost: Mapping[str, CheckResult]) -> list[CheckResult]:
    """Return the lost checks that own what an id or a pattern of ids stands for."""
    return [check for identity, check in lost.items() if fnmatchcase(identity, pattern)]
