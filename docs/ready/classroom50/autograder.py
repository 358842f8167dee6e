"""Autograder of Classroom 50 for compose-kata: writes result.json and release-body.md.

Put this file and the wheel of compose-kata (`make wheel`) into CLASSROOM/autograders/ASSIGNMENT/ of the classroom's
repository; README.md beside this file says the rest. It runs in the student's checkout, with the runner's variables.

Exit code 0: graded. Anything else: an error of the infrastructure, and no score for the student.
"""

import os
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
RESULT, BODY = Path("result.json"), Path("release-body.md")
MAX_SECONDS = 300


def main() -> int:
    """Install the wheel beside this file into a folder of its own, grade the checkout, and return the exit code."""
    for file in (RESULT, BODY):  # what the student has committed under these names is no result
        file.unlink(missing_ok=True)
    wheels = sorted(HERE.glob("compose_kata-*.whl"))
    if len(wheels) != 1:
        print(f"::error::{len(wheels)} wheels of compose-kata lie beside autograder.py: one is needed")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        # -I and -P: the checkout is the student's, and no place to import Python from.
        install = ["-I", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target", folder]
        subprocess.run([sys.executable, *install, str(wheels[0])], check=True, timeout=MAX_SECONDS)
        # What is said meanwhile may quote the student: the runner must not take a line of it for one of its commands.
        token = secrets.token_hex(16)
        print(f"::stop-commands::{token}", flush=True)
        code = grade(folder, "classroom50", RESULT)
        grade(folder, "markdown", BODY)
        print(f"::{token}::", flush=True)
    return code


def grade(installed: str, name: str, file: Path) -> int:
    """Grade the current folder into `file` and return the exit code of the grader."""
    command = [sys.executable, "-P", "-m", "grader", ".", "--format", name, "--exit-zero", "-o", str(file)]
    environment = {**os.environ, "PYTHONPATH": installed}
    ran = subprocess.run(command, env=environment, stderr=subprocess.STDOUT, check=False, timeout=MAX_SECONDS)
    return ran.returncode


if __name__ == "__main__":
    sys.exit(main())
