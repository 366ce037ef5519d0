# Everything a newcomer needs: `make run`, then `make test`. CONTRIBUTING.md explains the rest.

PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin
TEST_MYSQL ?= mysql://root@127.0.0.1:3306/edubot
TEST_REDIS ?= redis://127.0.0.1:6379/9
TEST_RABBITMQ ?= amqp://guest:guest@127.0.0.1:5672//
SIMULATOR_URL ?= http://127.0.0.1:$(PORT)
SEED ?= 1
PROFILE ?= mariadb
BENCH_SECONDS ?= 300
BIND_ADDRESS ?= 127.0.0.1
export PORT SIMULATOR_URL BIND_ADDRESS

.PHONY: run test test-all test-chaos chaos bench check audit fix clean

run: .venv/installed  ## start web, worker, beat and simulator, with demo data
	@$(BIN)/python manage.py migrate --no-input --verbosity 0
	@$(BIN)/python manage.py demo --busy
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/honcho start web worker beat simulator

test: .venv/installed-dev  ## the whole suite that needs no server
	$(BIN)/pytest -n auto -m "not browser and not race and not processes"

test-all: .venv/installed-dev .venv/chromium  ## what touches a database on MariaDB, Redis and RabbitMQ; races, processes, the browser
	TEST_DATABASE_URL=$(TEST_MYSQL) TEST_REDIS_URL=$(TEST_REDIS) TEST_RABBITMQ_URL=$(TEST_RABBITMQ) $(BIN)/pytest -n 2 --dist loadgroup -m "database and not sqlite"

chaos: .venv/installed-dev  ## kill everything while 200 students write; SEED=, PROFILE=mariadb|snapshot|sqlite
	$(BIN)/python -m bench.chaos --seed $(SEED) --profile $(PROFILE)

bench: .venv/installed-dev  ## measure against a bare Django view; BENCH_SECONDS= shortens the mixed load
	$(BIN)/python -m bench.speed --seconds $(BENCH_SECONDS)

test-chaos: .venv/installed-dev  ## the two short chaos runs of test-all alone: about two minutes
	$(BIN)/pytest -n 0 -m chaos

check: .venv/installed-dev  ## lint, types, import rules, migrations, deploy check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(BIN)/bandit --quiet --recursive --severity-level medium --configfile pyproject.toml edubot conversations support whatsapp
	git ls-files '*.html' | xargs $(BIN)/djade --target-version 5.2 --check
	git ls-files '*.py' ':!*/migrations/*' | xargs $(BIN)/django-upgrade --target-version 5.2 --check
	$(BIN)/python manage.py makemigrations --check --dry-run
	DEBUG=off ALLOWED_HOSTS=desk.example.org SECRET_KEY=$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(60))') \
	  WHATSAPP_APP_SECRET=check WHATSAPP_VERIFY_TOKEN=check WHATSAPP_ACCESS_TOKEN=check WHATSAPP_PHONE_NUMBER_ID=1 \
	  $(BIN)/python manage.py check --deploy --fail-level WARNING

audit: .venv/installed-dev  ## known holes in installed packages, and a list of them all; needs the internet
	@mkdir -p var
	$(BIN)/pip-audit --local --strict --progress-spinner off
	$(BIN)/pip-audit --local --strict --progress-spinner off --format cyclonedx-json --output var/sbom.json

fix: .venv/installed-dev  ## format, and mend what can be mended
	git ls-files '*.py' ':!*/migrations/*' | xargs $(BIN)/django-upgrade --target-version 5.2 --exit-zero-even-if-changed
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	git ls-files '*.html' | xargs $(BIN)/djade --target-version 5.2

clean:  ## throw away the environment and all local data
	rm -rf .venv var db.sqlite3*

.venv/installed: requirements.txt .ci/install
	@.ci/install requirements.txt
	@touch $@

.venv/installed-dev: requirements.txt requirements-dev.txt .ci/install
	@.ci/install requirements-dev.txt
	@touch $@ .venv/installed

.venv/chromium: .ci/chromium
	@.ci/chromium
	@touch $@
