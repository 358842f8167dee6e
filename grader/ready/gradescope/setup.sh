#!/usr/bin/env bash
# Run once, when Gradescope builds the image: a virtual environment with a Python that is new enough, and three libraries.
#
# The grader needs Python 3.11. Ubuntu 22.04, Gradescope's default, has 3.10 as python3 and 3.11 as a package of its own
# (universe); Ubuntu 24.04 and Debian 12 are new enough. Where apt has none, uv brings one.
set -euo pipefail
root=${AUTOGRADER_ROOT:-/autograder}
venv=$root/venv

new_enough() { command -v "$1" >/dev/null && "$1" -I -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

first_of() {
  local name
  for name in "$@"; do
    if new_enough "$name"; then
      command -v "$name"
      return
    fi
  done
  return 1
}

apt_install() { # the first set of packages that can be had
  command -v apt-get >/dev/null || return 1
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -q || return 1
  apt-get install -y -q --no-install-recommends python3 python3-venv && first_of python3 && return
  apt-get install -y -q --no-install-recommends python3.11 python3.11-venv && first_of python3.11
}

candidates=(python3.14 python3.13 python3.12 python3.11 python3)
if python=$(first_of ${AUTOGRADER_PYTHON:-} "${candidates[@]}"); then
  "$python" -I -m venv "$venv"
elif apt_install && python=$(first_of "${candidates[@]}"); then
  "$python" -I -m venv "$venv"
elif command -v python3 >/dev/null && python3 -I -m pip install -q --target "$root/uv" uv &&
  "$root/uv/bin/uv" venv --seed --python 3.12 "$venv"; then
  :
else
  echo "setup.sh: no Python 3.11 or newer can be had here. Choose a newer base image (Ubuntu 24.04) for the autograder." >&2
  exit 1
fi

"$venv/bin/python" -I -m pip install -q --disable-pip-version-check -r "$root/source/requirements.txt"

# It must be able to grade before the first student hands in.
PYTHONPATH=$root/source "$venv/bin/python" -P -m grader "$root/source/exercises/skeleton.yml" --exit-zero --format unix >/dev/null
echo "$(PYTHONPATH=$root/source "$venv/bin/python" -P -m grader --version) is ready"
