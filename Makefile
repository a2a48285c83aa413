# make run    serve the product with demo data on http://127.0.0.1:8000
# make test   every test, on SQLite and PostgreSQL, with a real browser
# make check  format, lint, types, layers, questionnaires, translations, container files
.PHONY: setup setup-development run test check format lock bench
.DEFAULT_GOAL := run

setup:
	@./setup.sh runtime

setup-development:
	@./setup.sh development

run: setup
	@.venv/bin/servimeter serve --demo

test: setup-development
	.venv/bin/python -m pytest -n auto --dist worksteal

check: setup-development
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-cache
	.venv/bin/servimeter questionnaires check
	.venv/bin/servimeter messages check
	.venv/bin/hadolint Dockerfile
	.venv/bin/python -m pytest tests/docs

format: setup-development
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

# Resolves the dependencies anew; uv is fetched into a folder of its own.
lock: setup-development
	python3 -m venv build/uv && build/uv/bin/pip install -q uv
	build/uv/bin/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-header --extra build pyproject.toml -o requirements.lock
	build/uv/bin/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-header --extra build --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock

bench: setup-development
	.venv/bin/servimeter bench scoring
	.venv/bin/servimeter bench report
