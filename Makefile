# Everything from a fresh clone: each target makes the virtual environment it needs, once.
# Another interpreter: make test PYTHON=python3.12      More for grade: make grade ARGS="--exercise kafka"

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
ARGS ?=
FUZZ_SECONDS ?= 60
SOURCES := grader tests $(wildcard tools bench)
# pip writes byte code for a wheel, not for a clone: without it every start would compile the grader first.
COMPILE := $(BIN)/python -m compileall -q grader

# The two apps are programs of their own, with libraries that the grader must not need.
APPS := apps/mongo_backend apps/mysql_server
APPS_VENV ?= .venv-apps
APPS_BIN := $(APPS_VENV)/bin
REQUIREMENTS := $(APPS:%=%/requirements.txt)

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help grade test pytest lint types apps format notebooks pictures selftest wheel wheel-test live live-ci agreement bench fuzz report clean

help:
	@echo "make grade       score docker-compose.yml (ARGS=\"--exercise kafka\" and the like)"
	@echo "make test        everything that must hold: style, types, the rubric's self-test, all tests"
	@echo ""
	@echo "make lint        ruff: style and formatting, without changing anything"
	@echo "make format      ruff: put everything into shape"
	@echo "make notebooks   notebooks without outputs and metadata"
	@echo "make pictures    the pictures of the notebooks, from tools/pictures"
	@echo "make types       mypy --strict"
	@echo "make apps        types and tests of the platform's code, with its own libraries"
	@echo "make selftest    the rubric proves itself"
	@echo "make pytest      the tests alone (ARGS=\"-k kafka\" and the like)"
	@echo "make live        the solution and all its single-fault variants on a Docker engine: an hour (ARGS=kafka.listeners)"
	@echo "make live-ci     the solution and five of them: ten minutes"
	@echo "make wheel       dist/*.whl; make wheel-test installs it elsewhere and uses it"
	@echo "make agreement   how far grade config and Docker Compose agree, by topic"
	@echo "make bench       how fast grade and grade batch are, as ratios in one run"
	@echo "make fuzz        random changes of real submissions for a minute (FUZZ_SECONDS=600)"
	@echo "make report      renew the picture of a report in README.md"
	@echo "make clean       remove the virtual environment and what was built"

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "compose-kata needs Python 3.11 or newer: make grade PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)

# The stamps say for which pyproject.toml the packages were installed.
$(VENV)/grade.stamp: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@$(COMPILE)
	@touch $@

$(VENV)/dev.stamp: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@$(COMPILE)
	@touch $@ $(VENV)/grade.stamp

$(APPS_VENV)/stamp: $(REQUIREMENTS) pyproject.toml
	$(PYTHON) -m venv $(APPS_VENV)
	$(APPS_BIN)/python -m pip install --quiet --disable-pip-version-check $(REQUIREMENTS:%=-r %) 'mypy>=2.4,<3' 'pytest>=9.2,<10'
	@touch $@

# A score is no failure of make: only a file that cannot be graded is.
grade: $(VENV)/grade.stamp
	@$(BIN)/grade --exit-zero $(ARGS)
	@command -v grade >/dev/null || echo "(To type grade yourself: source $(BIN)/activate)"

test: lint types selftest apps
	$(BIN)/pytest --ignore tests/apps

pytest: $(VENV)/dev.stamp
	$(BIN)/pytest $(ARGS)

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python tools/format_notebooks.py --check
	$(BIN)/python tools/draw_pictures.py --check

format: $(VENV)/dev.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

notebooks: $(VENV)/dev.stamp
	$(BIN)/python tools/format_notebooks.py

pictures: $(BIN)/python
	$(BIN)/python tools/draw_pictures.py

types: $(VENV)/dev.stamp
	$(BIN)/mypy $(SOURCES)

# Types and tests of the platform's code. Both apps have a main.py, so each is looked at alone.
apps: $(APPS_VENV)/stamp
	$(APPS_BIN)/mypy --strict shared
	@for app in $(APPS); do echo "mypy $$app"; (cd $$app && \
	  MYPYPATH=../.. ../../$(APPS_BIN)/mypy --strict --exclude '^shared/' --cache-dir ../../.mypy_cache/apps .) || exit 1; done
	$(APPS_BIN)/python -m pytest tests/apps

selftest: $(VENV)/grade.stamp
	$(BIN)/grade selftest $(ARGS)

wheel: $(VENV)/dev.stamp
	rm -rf dist
	$(BIN)/python -m hatchling build

wheel-test: wheel
	$(BIN)/pytest tests/test_wheel.py -m slow

live: $(VENV)/dev.stamp
	$(BIN)/python tools/live_table.py $(ARGS)

live-ci: $(VENV)/dev.stamp
	$(BIN)/pytest tests/live -m live_ci -v $(ARGS)

agreement: $(VENV)/dev.stamp
	$(BIN)/python tools/agreement.py $(ARGS)

bench: $(VENV)/dev.stamp
	$(BIN)/python -m bench
	$(BIN)/python -m bench.batch

# Finds are written to tests/data/fuzz_finds. ARGS="--seed 1" and the like.
fuzz: $(VENV)/dev.stamp
	$(BIN)/python tools/fuzz.py --seconds $(FUZZ_SECONDS) $(ARGS)

report: $(VENV)/grade.stamp
	$(BIN)/python tools/readme_report.py

clean:
	rm -rf $(VENV) $(APPS_VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
