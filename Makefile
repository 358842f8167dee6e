# Everything from a fresh clone: each target makes the virtual environment it needs, once.
# Another interpreter: make test PYTHON=python3.12      More for grade: make grade ARGS="--exercise kafka"

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
ARGS ?=
SOURCES := grader tests $(wildcard tools bench)
APPS := $(wildcard apps/mongo_backend apps/mysql_server)

.DEFAULT_GOAL := help
.PHONY: help grade test pytest lint types format selftest wheel wheel-test report clean

help:
	@echo "make grade       score docker-compose.yml (ARGS=\"--exercise kafka\" and the like)"
	@echo "make test        everything that must hold: lint, types, self-test of the rubric, tests"
	@echo ""
	@echo "make lint        ruff: style and formatting, without changing anything"
	@echo "make format      ruff: put everything into shape"
	@echo "make types       mypy --strict"
	@echo "make selftest    the rubric proves itself"
	@echo "make pytest      the tests alone (ARGS=\"-k kafka\" and the like)"
	@echo "make wheel       dist/*.whl; make wheel-test installs it elsewhere and uses it"
	@echo "make report      renew the picture of a report in README.md"
	@echo "make clean       remove the virtual environment and what was built"

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "compose-kata needs Python 3.11 or newer: make grade PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)

# The stamps say for which pyproject.toml the packages were installed.
$(VENV)/grade.stamp: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/dev.stamp: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@ $(VENV)/grade.stamp

# A score is no failure of make: only a file that cannot be graded is.
grade: $(VENV)/grade.stamp
	@$(BIN)/grade --exit-zero $(ARGS)
	@command -v grade >/dev/null || echo "(To type grade yourself: source $(BIN)/activate)"

test: lint types selftest
	$(BIN)/pytest

pytest: $(VENV)/dev.stamp
	$(BIN)/pytest $(ARGS)

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(VENV)/dev.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# The two apps are programs of their own: both have a main.py.
types: $(VENV)/dev.stamp
	$(BIN)/mypy --strict $(SOURCES)
	@for app in $(APPS); do echo "mypy $$app"; $(BIN)/mypy --strict --ignore-missing-imports $$app || exit 1; done

selftest: $(VENV)/grade.stamp
	$(BIN)/grade selftest $(ARGS)

wheel: $(VENV)/dev.stamp
	rm -rf dist
	$(BIN)/python -m hatchling build

wheel-test: wheel
	$(BIN)/pytest tests/test_wheel.py -m slow

report: $(VENV)/grade.stamp
	$(BIN)/python tools/readme_report.py

clean:
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
