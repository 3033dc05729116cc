PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: timeline test fuzz mutants dist lint lint-web docs clean

timeline: $(VENV)/.installed
	@for story in seeds/*/; do \
	  name=$$(basename $$story); \
	  $(BIN)/chronicle extract $$story*.md --log events/$$name.yaml || exit $$?; \
	done
	@$(BIN)/chronicle check events
	@$(BIN)/chronicle render events -o build/timeline.html --lanes story --title "Chronicle: two stories"
	@echo "Read and edit the logs in events/; look at build/timeline.html in a browser."

test: $(VENV)/.tested
	$(BIN)/python -m pytest

# ten minutes of what is made by chance; what breaks is made small and kept in tests/fuzz/found
fuzz: $(VENV)/.tested
	$(BIN)/python -m tests.fuzz --seconds $(or $(SECONDS),600) $(if $(SEED),--seed $(SEED))

# the site of the documentation, in build/site; warnings are errors
docs: $(VENV)/.documented
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --quiet --strict

# small faults put into the code by chance, ROOMS="time log" COUNT=60 SEED=1, and which of them no test notices
mutants: $(VENV)/.tested
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'mutmut>=3.3'
	$(BIN)/python -m tests.mutants $(ROOMS) $(if $(COUNT),--count $(COUNT)) $(if $(SEED),--seed $(SEED))

# both archives built, installed in environments of their own, and tried; TESTS="tests/test_when.py" for some of the tests only
dist: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'build>=1.2'
	$(BIN)/python tests/dist.py $(if $(TESTS),--tests "$(TESTS)")

lint: $(VENV)/.linted
	$(BIN)/ruff check .
	$(BIN)/mypy

lint-web: tests/web/node_modules
	npm run --silent --prefix tests/web lint

tests/web/node_modules: tests/web/package-lock.json
	npm ci --prefix tests/web --silent --no-audit --no-fund
	@touch $@

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "chronicle needs Python 3.11 or later; run: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)

# the pipeline's bytes are checked, and then the rest is installed beside it
$(VENV)/.installed: pyproject.toml english.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r english.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[english]'
	@touch $@

$(VENV)/.tested: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@

$(VENV)/.linted: $(VENV)/.tested
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[lint]'
	@touch $@

$(VENV)/.documented: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[docs]'
	@touch $@

clean:
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
