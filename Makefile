# Plain `make` lists the verbs. Everything runs in a virtual environment of its own, .venv.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
DEMO   ?= demo-run
READY  := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help demo scale test check lint serve docs lock lowest

help:
	@echo "make demo    set up; simulate, train, score a day, print its riskiest shipments, open a desk"
	@echo "make test    set up; run every test"
	@echo "make check   ruff, types and tests"
	@echo "make serve   the reviewers' desk and scores on http://127.0.0.1:8000, of the demo"
	@echo "make scale   set up what Spark and Dask need as well (Java: from your system's packages)"
	@echo "make docs    write the pages in docs/ that are made from the code"

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	@echo "installing the locked packages into $(VENV) (about 1 GB, once)"
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# Spark and Dask take half as much room again, and one machine needs neither.
scale: $(READY)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-scale.lock

demo: $(READY)
	$(BIN)/shiprisk demo $(DEMO)

# The tests of training take about as long as all others: both halves run side by side.
test: $(READY)
	@mkdir -p build
	@$(BIN)/python -m pytest tests/training >build/tests-training.txt 2>&1 & training=$$!; \
	$(BIN)/python -m pytest --ignore=tests/training; others=$$?; \
	wait $$training; trained=$$?; cat build/tests-training.txt; \
	exit $$((others || trained))

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

check: lint test

serve: $(READY)
	@test -f $(DEMO)/audit.db || $(BIN)/shiprisk demo $(DEMO)
	$(BIN)/shiprisk serve --tracking-uri sqlite:///$(DEMO)/mlflow.db --desk --audit sqlite:///$(DEMO)/audit.db

docs: $(READY)
	$(BIN)/python docs/build.py

# For maintainers: resolve the newest versions that work together (needs uv).
LOCKED := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --extra dev \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" pyproject.toml

lock:
	$(LOCKED) --output-file requirements.lock
	$(LOCKED) --extra spark --extra dask --constraints requirements.lock \
		--output-file requirements-scale.lock

# For maintainers: run the tests with the oldest versions that pyproject.toml allows (needs uv).
lowest:
	uv venv --quiet --clear --python 3.11 .venv-lowest
	uv pip install --quiet --python .venv-lowest --resolution lowest-direct -e ".[dev]"
	.venv-lowest/bin/python -m pytest -q
