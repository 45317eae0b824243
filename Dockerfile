# The image of web, worker, beat and migrate; which of them it is, docker-compose.yml says.
FROM node:24-bookworm-slim AS assets
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY static/src static/src
RUN npm run build

FROM python:3.11-slim-bookworm AS packages
COPY requirements/base.txt /
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r /base.txt

FROM python:3.11-slim-bookworm
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin infoshare && \
    install --directory --owner=infoshare /anchors
WORKDIR /app
COPY --from=packages /venv /venv
COPY --from=assets /app/static/build static/build
COPY manage.py ./
COPY docker/probe.py docker/
COPY templates templates
COPY infoshare infoshare
COPY decisions decisions
COPY retention retention
COPY evidence evidence
RUN python -m compileall -q . && SECRET_KEY=build python manage.py collectstatic --noinput
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=15s --start-period=60s CMD ["python", "docker/probe.py", "web"]
CMD ["gunicorn", "infoshare.wsgi", "--bind=0.0.0.0:8000", "--worker-class=gthread", "--workers=2", "--threads=4", "--no-control-socket", "--worker-tmp-dir=/tmp"]
