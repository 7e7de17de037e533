# Two stages: the first builds a virtual environment from pinned, hashed wheels; the second only runs it.
# The base image is pinned by the digest of its index (all platforms): what python:3.13-slim was in September 2026.
# docs/operating.md says how it is renewed.
FROM python:3.13.15-slim-trixie@sha256:7c61056e61ac89e852de05f3dc6fa51a6dd2181797bceed46aa725dd7cb2cd3b AS build
WORKDIR /app
RUN python -m venv /venv
COPY requirements.txt ./
RUN /venv/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements.txt
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY cogs cogs
RUN /venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.13.15-slim-trixie@sha256:7c61056e61ac89e852de05f3dc6fa51a6dd2181797bceed46aa725dd7cb2cd3b
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin magpie \
    && install -d -o magpie -g magpie /data
COPY --from=build /venv /venv
ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DISCORD_TOKEN= \
    MAGPIE_DATA_DIR=/data \
    XDG_CACHE_HOME=/data/cache \
    MAGPIE_HEALTH_PORT=8080
USER magpie
WORKDIR /data
VOLUME /data
# The root file system may be read-only: only /data and /tmp are written.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 CMD ["python", "-m", "bot.cli.health"]
ENTRYPOINT ["magpie"]
CMD ["run"]
