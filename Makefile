# Everything here sets up what it needs on a machine with Python 3.11 or newer and make.
# Another Python, in an environment of its own: make test PYTHON=python3.13 VENV=.venv313

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
DEMO := $(VENV)/.demo
ANNOTATE := $(VENV)/.annotate
READY := $(VENV)/.ready
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
STUDIO := .studio
STUDIO_PINS := src/warclaims/studio/requirements-studio.txt
SERVER := $(if $(wildcard $(STUDIO)/.ready),WARCLAIMS_STUDIO_PYTHON=$(CURDIR)/$(STUDIO)/bin/python)

.PHONY: demo studio studio-environment test soak lint build release-check fuzz bench baselines lock clean

# What demo needs; ANNOTATE adds what studio needs, READY what develops and tests the package.
$(DEMO): pyproject.toml requirements-demo.txt
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; name one with: make PYTHON=python3.12 …" if sys.version_info < (3, 11) else 0)'
	@echo "Setting up $(VENV), once: 1/3 an environment"
	@$(PYTHON) -m venv $(VENV)
	@echo "Setting up $(VENV), once: 2/3 packages, about a minute"
	@$(PIP) --require-hashes -r requirements-demo.txt
	@echo "Setting up $(VENV), once: 3/3 warclaims"
	@$(PIP) --no-build-isolation --no-deps --editable .
	@touch $@

$(ANNOTATE): requirements-annotate.txt | $(DEMO)
	@echo "Adding to $(VENV), once: packages for Label Studio"
	@$(PIP) --require-hashes -r requirements-annotate.txt
	@touch $@

$(READY): pyproject.toml requirements.txt | $(DEMO)
	@echo "Adding to $(VENV), once: packages for development, a minute or two"
	@$(PIP) --require-hashes -r requirements.txt
	@touch $@

## demo: show on one screen what five texts agree and disagree on, and write the report
demo: $(DEMO)
	@$(BIN)/python examples/first_look.py
	@$(BIN)/python -m warclaims report --out report >/dev/null
	@echo
	@echo "The report, with every number in its sentence: $(CURDIR)/report/index.html"
	@echo "Next:   . $(BIN)/activate, which gives you the command warclaims"
	@echo "        warclaims compare --event mine-explosions-2023   who says what, in which words"
	@echo "        warclaims show 004                               a text with its annotations"
	@echo "        docs/tutorial.md                                 from two texts of your own to a comparison"

## studio: Label Studio on this machine with the corpus in it; ends with its address
studio: $(ANNOTATE)
	@$(BIN)/python -m warclaims studio start
	@$(BIN)/python -m warclaims studio push

## studio-environment: the server that the tests use; without it they are skipped
studio-environment: $(STUDIO)/.ready
$(STUDIO)/.ready: $(STUDIO_PINS) | $(READY)
	$(BIN)/python -c 'from pathlib import Path; from warclaims.studio.install import install; install(Path("$(STUDIO)").resolve(), Path("$(STUDIO).log"), print)'
	touch $@

## test: style, types, import rules, drift of generated files, and the whole suite; SERVER=: no Label Studio
test: lint
	@echo "4/5 generated files"
	@$(BIN)/python -m warclaims build --check
	@echo "5/5 tests"
	@$(SERVER) $(BIN)/python -m pytest -q -n auto --dist loadgroup
	@echo "Passed: style, types, import rules, generated files, and the tests counted above."

## soak: the expensive properties with their full numbers, and a line for each; about two hours
soak: $(READY)
	WARCLAIMS_SOAK=1 $(BIN)/python -m pytest -n auto --dist loadgroup -m soak

lint: $(READY)
	@echo "1/5 style"
	@$(BIN)/ruff check --quiet src tests benchmarks examples
	@$(BIN)/ruff format --quiet --check src tests benchmarks examples
	@echo "2/5 types"
	@$(BIN)/mypy --no-error-summary
	@echo "3/5 import rules"
	@$(BIN)/lint-imports >$(VENV)/imports.log || { cat $(VENV)/imports.log; exit 1; }

## build: make schema/, corpus/ and the generated parts of the pages
build: $(READY)
	$(BIN)/python -m warclaims build

## release-check: build wheel and source archive twice, compare them, install the wheel by itself and use it
VERSION = $(shell sed -n 's/^version = "\(.*\)"/\1/p' corpus.toml)
WHEEL = dist/one/warclaims-$(VERSION)-py3-none-any.whl
INSTALLED = $(CURDIR)/dist/venv/bin
ELSEWHERE = $$(mktemp -d)
release-check: $(READY)
	rm -rf dist
	for build in one two; do $(BIN)/python -m build --no-isolation --outdir dist/$$build . >/dev/null || exit 1; done
	diff -r dist/one dist/two
	$(PYTHON) -m venv dist/venv
	dist/venv/bin/python -m pip install --quiet --disable-pip-version-check $(WHEEL)
	cd $(ELSEWHERE) && $(INSTALLED)/warclaims --version | grep -F ' $(VERSION)' && $(INSTALLED)/warclaims cite | grep -F ' {$(VERSION)}'
	cd $(ELSEWHERE) && $(INSTALLED)/warclaims validate && $(INSTALLED)/warclaims claims >/dev/null
	dist/venv/bin/python -m pip install --quiet --disable-pip-version-check '$(WHEEL)[datasets]'
	cd $(ELSEWHERE) && HF_HUB_OFFLINE=1 $(INSTALLED)/python -c \
	'import warclaims; [print(f.stem, warclaims.load(f.stem).num_rows) for f in warclaims.open().layout.tables.glob("*.parquet")]'

## fuzz: look for input that breaks a reader, each for FUZZ_SECONDS (60); Linux, Python below 3.14
FUZZ_SECONDS ?= 60
fuzz: $(READY)
	@for target in bundle reading streams labelstudio texts index registry annotations edition answers ledger brat conll spans xmi; do \
	  echo "fuzzing $$target for $(FUZZ_SECONDS) s"; \
	  $(BIN)/python tests/fuzz/run.py $$target $(FUZZ_SECONDS) .fuzz/$$target || exit 1; \
	done

## bench: measure side by side and write benchmarks/results.md; QUICK=1: a tenth, nothing written; LARGE=1: 20,000 documents, too
bench: $(READY)
	@QUICK="$(QUICK)" LARGE="$(LARGE)" BUNDLES="$(BUNDLES)" PYTHONPATH=tests $(BIN)/python -m benchmarks

## baselines: score the systems that ship and write benchmarks/baselines.md; POLNEAR=DIR: also on a copy of PolNeAR
baselines: $(READY)
	@POLNEAR="$(POLNEAR)" SYSTEMS="$(SYSTEMS)" PYTHONPATH=tests $(BIN)/python -m benchmarks.baselines

COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url

## lock: pin every package with its hashes; needs uv
lock:
	$(COMPILE) --group dev pyproject.toml --output-file requirements.txt
	$(COMPILE) --extra report --group build --constraint requirements.txt pyproject.toml --output-file requirements-demo.txt
	$(COMPILE) --extra studio --constraint requirements.txt pyproject.toml --output-file requirements-annotate.txt
	echo "label-studio==$$($(BIN)/python -c 'from warclaims.studio.install import VERSION; print(VERSION)')" | $(COMPILE) - --output-file $(STUDIO_PINS)

clean:
	rm -rf $(VENV) $(STUDIO) $(STUDIO).log dist report .fuzz .pytest_cache .mypy_cache .ruff_cache .hypothesis
