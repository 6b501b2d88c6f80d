# The two commands are `make run` and `make test`; each sets up .venv/ by itself. `make help` lists the rest.
.DEFAULT_GOAL := help
PYTHON ?= python3
PORT ?= 8501
# Where the analysts' files and the warehouse's are.
SQL ?= sql
DATA ?= var
export PYTHON
# A second start is quick because the first one leaves its compiled modules.
unexport PYTHONDONTWRITEBYTECODE
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest -q

.PHONY: help run gallery data data-report data-export report report-check report-preview reports-publish report-catalogue test test-fast chaos chaos-mutants mutants soak gates bench acceptance lint setup-run setup-test package clean

help: ## list the commands
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

# `exec`: a shell between would leave the product running when make is ended.
run: setup-run ## the product on this machine, at http://localhost:8501; FAULTS=1: with the console's buttons
	@exec env PORT=$(PORT) FAULTS=$(FAULTS) $(BIN)/python -m dashboard

data: setup-run ## the full year 2015; SCALE=0.01 a sample; TLC=<folder> or TLC=download the real trips
	@$(BIN)/python -m infra.local.data $(if $(TLC),--tlc "$(TLC)",--scale $(or $(SCALE),1))

data-report: setup-run ## how near the data in use are to the truth: build/data-report.html; REAL=<folder> of real trips
	@$(BIN)/python -m infra.local.data.report $(if $(REAL),--real "$(REAL)")

data-export: setup-run ## the data in use as files for Redshift's COPY: build/data-export/
	@$(BIN)/python -m infra.local.data.export

report: setup-run ## a new report to begin with: NAME=tips-by-hour
	@$(BIN)/python -m infra.reports --sql "$(SQL)" new "$(NAME)"

report-check: setup-run ## what is wrong with the reports, or with one: NAME=tips-by-hour
	@$(BIN)/python -m infra.reports --sql "$(SQL)" --data "$(DATA)" check $(if $(NAME),"$(NAME)")

report-preview: setup-run ## rows, types and plan: NAME=tips-by-hour PARAMETERS="startDate=2015-06-01 endDate=2015-06-30"
	@$(BIN)/python -m infra.reports --sql "$(SQL)" --data "$(DATA)" preview "$(NAME)" $(PARAMETERS)

reports-publish: setup-run ## reports that pass the check into a stack's bucket: BUCKET=..., one of them NAME=tips-by-hour
	@$(BIN)/python -m infra.reports --sql "$(SQL)" --data "$(DATA)" publish --bucket "$(BUCKET)" \
		--publisher "$(or $(PUBLISHER),$(USER),unknown)" $(if $(NAME),"$(NAME)")

report-catalogue: setup-run ## write docs/reports.md from the declarations
	@$(BIN)/python -m infra.reports --sql "$(SQL)" catalogue

# --dist worksteal: neighbours stay in one process, so that what they share is made once and not in each.
test: setup-test lint ## everything that must hold before a commit
	$(PYTEST) -m fast -n 2
	$(PYTEST) -m "not fast and not browser and not acceptance and not aws" -n 2 --dist worksteal
	$(PYTEST) -m browser -n 2 --dist loadfile
	$(BIN)/python -m tests.simulation 2000 1

test-fast: setup-test lint ## static checks and pure tests, within a minute
	$(PYTEST) -m fast -n 2

chaos: setup-test ## schedules full of faults under a virtual clock: SCHEDULES=2000 SEED=1 JOBS=2; SCHEDULES=1 tells a story
	@$(BIN)/python -m tests.simulation $(or $(SCHEDULES),2000) $(or $(SEED),1) $(JOBS)

chaos-mutants: setup-test ## how many schedules it takes to find each defect that is made on purpose: HUNTS=20
	@$(BIN)/python -m tests.simulation.hunt $(HUNTS)

# Not part of the gates: it takes a quarter of an hour, and asks only after the tests.
mutants: setup-test ## how many small changes of the protocol's code the tests notice; MODULE=pipeline.core.records
	@$(BIN)/python -m tests.mutation $(MODULE)

# Of this a minute of faults is in the gates; here it is half an hour, then twenty-five minutes of load.
soak: setup-test ## real processes killed, frozen, cut off, then loaded: QUERIES=10000 SECONDS=1800 SEED=1, SOCKETS=1000 RATE=20
	@$(BIN)/python -m tests.soak $(or $(QUERIES),10000) $(or $(SECONDS),1800) $(or $(SEED),1)
	@$(BIN)/python -m tests.soak.load $(or $(SOCKETS),1000) $(or $(RATE),20) $(or $(LOAD_SECONDS),900)

acceptance: setup-test ## the checklist of the dashboard, line by line, in a headless Chromium
	$(PYTEST) -m acceptance

gallery: setup-test ## pictures of every report's chart and for docs/tour.md: docs/gallery/
	@$(BIN)/python -m tests.browser.gallery

gates: setup-test ## the slower checks: 1 % against the published year, 50 killed loads, 70 defects hunted, a minute of soak
	@$(BIN)/python -m infra.local.data --scale 0.01 --data build/gates
	@$(BIN)/python -m infra.local.data.report --data build/gates --out build/gates/data-report.html
	@$(BIN)/python -m tests.infra.local.data.kills --kills 50
	@$(BIN)/python -m tests.simulation.hunt 2
	@$(BIN)/python -m tests.soak 120 60 1

bench: setup-test ## opening, a big answer, load and public questions, each beside something plain; 10 % of the year, QUICK=1 1 %
	@$(BIN)/python -m bench --scale $(if $(QUICK),0.01,0.1)

lint: setup-test ## ruff, mypy, import rules, template
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/cfn-lint infra/template.yaml

package: setup-run ## the Lambda artefact, build/lambda.zip
	$(BIN)/python -m infra.package --out build/lambda.zip

clean: ## remove what the other commands made
	rm -rf .venv var build

setup-run:
	@sh infra/setup.sh run

setup-test:
	@sh infra/setup.sh test
