# The main commands are `make run` and `make test`. Each does all of its own set-up.
SHELL := /bin/bash
PYTHON ?= python3
UV := .venv/tools/bin/uv
BOT := .venv/bot/bin/python
TEST := .venv/test/bin/python
VOICE := .venv/voice/bin/python
export RASA_TELEMETRY_ENABLED := false
export PYTHONPATH := $(CURDIR)
# The suite starts hundreds of processes. Without saved bytecode each compiles every module again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help

.PHONY: help run dev test tests test-all faults test-postgresql train corrections bench bench-scale bench-understanding bench-handbook bench-talks bench-citizens bench-terminal bench-messengers bench-load bench-backup bench-postgresql bench-voice attack-contract coverage mutation random-taps handbook pictures sentences voice voice-install dictionary icons demo lint lint-quietly audit-dependencies sbom licences hooks lock setup clean

# Lists the commands.
help:
	@awk '/^$$/ { text = "" } /^#/ { if (!text) text = substr($$0, 3); next } \
	  /^[a-z-]+:/ { if (text) printf "make %-20s %s\n", substr($$1, 1, index($$1, ":") - 1), text } { text = "" }' Makefile

# Sets everything up and starts API, worker, action server and Rasa; ctrl-C ends all.
run:
	@$(RUN_SETUP)
	@.venv/api/bin/python -m kiosk_api.cli run

# The same for development: loads changed code while it runs, on this machine only.
dev:
	@$(RUN_SETUP)
	@.venv/api/bin/python -m kiosk_api.cli run --reload

RUN_SETUP = $(PYTHON) .ci/steps.py --step "tools" 10 "$(MAKE) $(UV)" \
	  --step "environment of the API" 15 "$(MAKE) .venv/api/.stamp" \
	  --step "environment of the assistant" 40 "$(MAKE) .venv/bot/.stamp"

# Sets everything up and runs the suite but its long parts.
# The assistant is trained at the same time; tests that need it wait for it.
test: setup
	@$(MAKE) --no-print-directory -j3 train lint-quietly tests

tests:
	@$(TESTS)

# Runs the long parts of the suite as well; this takes hours.
# Every variant of every journey, 500 random visits, killed browsers, pictures of every page,
# attacks and faults in full.
test-all: setup train
	@KIOSK_LONG_TESTS=1 KIOSK_RANDOM_JOURNEYS=500 KIOSK_RANDOM_ACTS=20 $(TESTS) -m "long or not long"
	@$(MAKE) --no-print-directory test-postgresql

# Runs the tests of the API once more, on a real PostgreSQL that comes with the environment.
# Two API processes and two workers over one database are killed as well.
test-postgresql: setup train
	@$(TEST) -m tests.on_postgresql
	@$(TEST) -m pytest -n 0 -m long tests/postgresql

# Dying processes, races, a million numbers: some half an hour on two cores. KILLS= chooses another number.
faults: .venv/test/.stamp
	@$(TEST) -m tests.faults.killing --each-point --kills $(or $(KILLS),2000)
	@$(TEST) -m tests.faults.killing --each-point --kills 240 --act error
	@$(TEST) -m tests.faults.killing --each-point --kills 240 --act full
	@$(TEST) -m tests.faults.same_keys
	@$(TEST) -m tests.faults.many_numbers

TESTS = NODE="$$(.ci/ensure_node.sh | tail -n 1)" $(TEST) -m pytest tests

# Trains the assistant when its data changed; EXTRA=rows.csv adds a bureau's rows, ROLLBACK=1 undoes that.
train: .venv/bot/.stamp
	@$(BOT) -m bot.train --out var/models $(if $(EXTRA),--extra $(EXTRA)) $(if $(ROLLBACK),--rollback)

# Writes the corrections of staff, without personal data, as rows for `make train EXTRA=`.
corrections: .venv/api/.stamp
	@.venv/api/bin/python -m kiosk_api.cli export-corrections $(or $(OUT),var/training/corrections.csv)

# Checks the citizens' handbook after a change, and lists questions that it does not answer.
handbook: .venv/api/.stamp
	@.venv/api/bin/python -m kiosk_api.cli check-handbook

# Fills the store with invented cases.
demo: .venv/api/.stamp
	@.venv/api/bin/python -m kiosk_api.cli migrate
	@.venv/api/bin/python -m kiosk_api.cli demo

# Measures speed and memory side by side.
bench: .venv/test/.stamp .venv/api/.stamp .venv/bot/.stamp train
	@$(TEST) -m tests.bench
	@for one in turns neighbours crowd wall_time; do $(TEST) -m tests.bench.$$one; done

# Measures the desk's lists and the sweep of deadlines with a million cases; CASES= chooses another number.
bench-scale: .venv/test/.stamp
	@$(TEST) -m tests.bench.scale $(if $(CASES),--cases $(CASES))

# Petitions, look-ups and a burst against the real API, each beside a baseline.
bench-load: .venv/test/.stamp
	@$(TEST) -m tests.bench.load

# Measures the understanding on WINDOWS=route.csv and FIELDS=fields.csv, as Markdown tables.
bench-understanding: .venv/bot/.stamp train
	@$(BOT) -W ignore -m tests.bench.understanding $(if $(WINDOWS),--windows $(WINDOWS)) $(if $(FIELDS),--fields $(FIELDS)) $(BENCH)

# Renews the handbook's pictures of the kiosk, and the README's of kiosk, phone, desk and a talk.
pictures: .venv/test/.stamp .venv/api/.stamp train
	@.ci/ensure_chromium.sh
	@KIOSK_PICTURES=1 $(TEST) -m pytest -n 1 -m "long or not long" tests/e2e/pages/test_pictures.py tests/e2e/pages/test_readme_pictures.py

# Measures the handbook's answers; ASKED=questions.csv adds questions (question, article, answerable).
bench-handbook: .venv/test/.stamp .venv/bot/.stamp
	@$(TEST) -m tests.bench.handbook $(if $(ASKED),--asked $(ASKED))

# Measures the conversation on talks by people who had seen neither data nor code, line by line.
bench-talks: .venv/bot/.stamp train
	@$(BOT) -W ignore -m tests.bench.conversations

# Simulates 500 citizens from a fresh seed, some in eight wordings each; PEOPLE= and SEED= choose others.
bench-citizens: .venv/test/.stamp .venv/bot/.stamp train
	@$(TEST) -W ignore -m tests.conversations.simulated $(if $(PEOPLE),--people $(PEOPLE)) $(if $(SEED),--seed $(SEED))

# Measures a backup of 100,000 cases while people submit, and its restore; CASES= chooses another number.
bench-backup: .venv/test/.stamp
	@$(TEST) -m tests.bench.backup $(if $(CASES),--cases $(CASES))

# Measures how long a messenger's platform waits for an answer: as usual, and with an assistant that is away or slow.
bench-messengers: .venv/test/.stamp .venv/api/.stamp .venv/bot/.stamp train
	@$(TEST) -m tests.bench.messengers
	@$(TEST) -m tests.bench.wechat_answers
	@$(TEST) -m tests.bench.wechat_mutants

# Measures petitions a second on SQLite and on PostgreSQL, from one process and from two, side by side.
bench-postgresql: .venv/test/.stamp
	@$(TEST) -m tests.bench.postgresql

# Measures the voice: what it says is understood, what citizens say is recognised, seconds and memory; FEW=1 for a quick look.
bench-voice: voice-install
	@$(VOICE) -m tests.bench.voice $(if $(FEW),--few) $(if $(ROUNDS),--rounds $(ROUNDS))

# Measures the terminal: page weight, first paint, keystrokes, the end of a visit, pictures.
bench-terminal: .venv/test/.stamp .venv/api/.stamp
	@.ci/ensure_chromium.sh
	@for one in pages keyboard wipe attachments; do $(TEST) -m tests.bench.$$one; done

# Simulates 500 visitors who tap at random; a fault names its journey.
random-taps: .venv/test/.stamp .venv/api/.stamp
	@.ci/ensure_chromium.sh
	@KIOSK_RANDOM_JOURNEYS=$(or $(JOURNEYS),500) KIOSK_RANDOM_ACTS=20 $(TEST) -m pytest --tb=short --show-capture=no \
	  tests/e2e/journeys/test_random_taps.py

# Sends a hundred thousand requests made up from the contract; goes on where it stopped. COUNT= chooses another number.
attack-contract: .venv/test/.stamp
	@$(TEST) -m tests.attacks.contract_run --count $(or $(COUNT),100000)

# Measures branches of rules and use cases that the tests without a browser walk, file by file.
coverage: .venv/test/.stamp
	@$(TEST) -m tests.quality.branches

# Puts small faults into clocks, numbering, sign-in and encryption, and counts those that a test notices.
mutation: .venv/test/.stamp
	@$(TEST) -m tests.mutation $(GROUPS)

# Writes the pages' icons, which .ci/icons/names.json lists, into one file.
icons:
	@cd .ci/icons && npm ci --silent --no-progress && node build.js

# Lists every fixed text with its file name, for a bureau that records its own voice.
sentences: .venv/api/.stamp
	@.venv/api/bin/python -m kiosk_api.cli list-sentences

# Installs the voice: speaking and hearing Mandarin, reading cards, all on this machine. `make run` then uses it.
# Speaks every fixed sentence once, which takes half an hour on two cores; a run that was broken off goes on.
voice: voice-install .venv/api/.stamp
	@rm -rf var/voice/empty && KIOSK_DATA_DIR=var/voice/empty .venv/api/bin/python -m kiosk_api.cli migrate >/dev/null
	@{ KIOSK_DATA_DIR=var/voice/empty .venv/api/bin/python -m kiosk_api.cli list-sentences; $(BOT) -m bot.dialogue.fixed_sentences; } \
	  | $(VOICE) -m voice.render $(if $(MOST),--most $(MOST))
	@rm -rf var/voice/empty

# The same without speaking the fixed sentences beforehand: they are then spoken when they are asked for.
voice-install: .venv/voice/.stamp
	@.ci/ensure_voices.sh
	@$(VOICE) -m voice.models

# Builds the on-screen keyboard's word list from open data.
dictionary: .venv/test/.stamp
	@$(TEST) -m nlu_data.dictionary.build

lint-quietly: .venv/test/.stamp
	@$(PYTHON) .ci/steps.py --step "lint" 20 "$(MAKE) lint"

# Ruff, its formatter, mypy, and ESLint for the pages' scripts and style sheets.
lint: .venv/test/.stamp
	@.venv/test/bin/ruff check kiosk_api bot nlu_data voice tests
	@.venv/test/bin/ruff format --check --quiet kiosk_api bot nlu_data voice tests
	@.venv/test/bin/bandit --quiet --recursive --level --level kiosk_api bot voice
	@.venv/test/bin/mypy kiosk_api
	@.venv/test/bin/mypy --python-version 3.10 bot
	@.venv/test/bin/mypy voice
	@"$$(.ci/ensure_node.sh | tail -n 1)" "$$(.ci/ensure_eslint.sh | tail -n 1)" --max-warnings 0 .
	@"$$(.ci/ensure_node.sh | tail -n 1)" .ci/baseline/check_templates.js

# Asks for known faults of every pinned package (needs internet), and says which waivers are due for review.
audit-dependencies: .venv/audit/.stamp
	@.venv/audit/bin/python .ci/supply_audit.py

# Writes the bill of materials (CycloneDX) to var/sbom/petition.cdx.json.
sbom: .venv/api/.stamp .venv/bot/.stamp .venv/voice/.stamp .venv/test/.stamp
	@$(TEST) -m tests.supply.sbom var/sbom/petition.cdx.json

# Writes the list of licences, from what is installed.
licences: .venv/api/.stamp .venv/bot/.stamp .venv/voice/.stamp .venv/test/.stamp
	@$(TEST) -m tests.supply.licences handbook/developers/licences.md

# Installs the checks of `make lint` as a git hook that looks at each commit's files.
hooks: .venv/test/.stamp .venv/hooks/.stamp
	@.ci/ensure_eslint.sh >/dev/null
	@.venv/hooks/bin/pre-commit install

# Creates the environments and installs Debian's packages, with one line of progress.
setup:
	@$(PYTHON) .ci/steps.py --step "tools" 10 "$(MAKE) $(UV)" \
	  --step "environment of the API" 15 "$(MAKE) .venv/api/.stamp" \
	  --step "environment of the assistant" 40 "$(MAKE) .venv/bot/.stamp" \
	  --step "environment of the tests" 15 "$(MAKE) .venv/test/.stamp" \
	  --step "voice" 30 "$(MAKE) voice-install" \
	  --step "browsers and fonts" 60 .ci/ensure_chromium.sh \
	  --step "handwriting" 5 .ci/ensure_handwriting.sh \
	  --step "speech" 10 .ci/ensure_speech.sh \
	  --step "node" 10 .ci/ensure_node.sh \
	  --step "checks of scripts" 10 .ci/ensure_eslint.sh \
	  --step "public edge" 5 .ci/ensure_nginx.sh \
	  --step "checks of units and alerts" 15 .ci/ensure_operations.sh \
	  --step "trace of system calls" 5 .ci/ensure_strace.sh

# Environments. A stamp holds the hash of what it was made from, so the same files
# are not installed again.
$(UV): .ci/tools-requirements.txt
	@$(PYTHON) -m venv .venv/tools
	@.venv/tools/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

define environment
	@sum="$$(sha256sum < $(2)) $(1)"; \
	if [ "$$(cat $@ 2>/dev/null)" = "$$sum" ]; then touch $@; else \
	  echo "installing $(2) for Python $(1)" && \
	  { [ -x $(@D)/bin/python ] || $(UV) venv --quiet --allow-existing --python $(1) $(@D); } && \
	  $(UV) pip sync --quiet --compile-bytecode --require-hashes --python $(@D)/bin/python $(2) && \
	  echo "$$sum" > $@; fi
endef

.venv/api/.stamp: kiosk_api/requirements.txt | $(UV)
	$(call environment,3.11,kiosk_api/requirements.txt)

.venv/bot/.stamp: bot/requirements.txt | $(UV)
	$(call environment,3.10,bot/requirements.txt)

.venv/test/.stamp: tests/requirements.txt | $(UV)
	$(call environment,3.11,tests/requirements.txt)

.venv/voice/.stamp: voice/requirements.txt | $(UV)
	$(call environment,3.11,voice/requirements.txt)

.venv/hooks/.stamp: .ci/hooks-requirements.txt | $(UV)
	$(call environment,3.11,.ci/hooks-requirements.txt)

.venv/audit/.stamp: .ci/audit-requirements.txt | $(UV)
	$(call environment,3.11,.ci/audit-requirements.txt)

# Compiles the seven requirement files with their hashes.
lock: | $(UV)
	@$(UV) pip compile -q --generate-hashes --no-header --no-emit-index-url --python-version 3.11 .ci/tools-requirements.in -o .ci/tools-requirements.txt
	@$(UV) pip compile -q --generate-hashes --no-header --no-emit-index-url --python-version 3.11 .ci/hooks-requirements.in -o .ci/hooks-requirements.txt
	@$(UV) pip compile -q --generate-hashes --no-header --no-emit-index-url --python-version 3.11 .ci/audit-requirements.in -o .ci/audit-requirements.txt
	@$(UV) pip compile -q --generate-hashes --no-header --no-emit-index-url --python-version 3.11 tests/requirements.in -o tests/requirements.txt
	@$(UV) pip compile -q --generate-hashes --no-header --no-emit-index-url --python-version 3.11 -c tests/requirements.txt kiosk_api/requirements.in -o kiosk_api/requirements.txt
	@$(UV) pip compile -q --generate-hashes --no-header --no-emit-index-url --python-version 3.10 bot/requirements.in -o bot/requirements.txt
	@$(UV) pip compile -q --generate-hashes --no-header --no-emit-index-url --python-version 3.11 -c tests/requirements.txt voice/requirements.in -o voice/requirements.txt

# Removes the environments and the trained model.
clean:
	@rm -rf .venv node_modules var/models
