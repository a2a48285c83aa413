FROM python:3.12-slim-bookworm

WORKDIR /srv/servimeter
COPY requirements.lock requirements-dev.lock pyproject.toml setup.sh README.md ./
COPY app app
COPY scoring scoring
COPY questionnaires questionnaires
COPY reports reports
COPY migrations migrations
# The same script that `make setup` runs: Pango, the Chinese fonts and the locked packages.
RUN ./setup.sh runtime && rm -rf /var/lib/apt/lists/* /root/.cache \
    && useradd --system --uid 10001 --home-dir /srv/servimeter --shell /usr/sbin/nologin servimeter \
    && install -d -o servimeter -g servimeter data

USER 10001
ENV SERVIMETER_ENVIRONMENT=production SERVIMETER_HOST=0.0.0.0 SERVIMETER_PORT=8000 PYTHONUNBUFFERED=1
EXPOSE 8000
VOLUME /srv/servimeter/data
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD [".venv/bin/python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health', timeout=4)"]
CMD [".venv/bin/servimeter", "serve"]
