#!/bin/sh
# Runs once, in the database container, after roles.sql: the three logins get the passwords of the secret files.
set -eu
secrets="${SECRETS:-/run/secrets}"
psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres <<SQL
\set owner \`cat '$secrets/owner_password'\`
\set web \`cat '$secrets/web_password'\`
\set worker \`cat '$secrets/worker_password'\`
ALTER ROLE infoshare_owner PASSWORD :'owner';
ALTER ROLE infoshare_web PASSWORD :'web';
ALTER ROLE infoshare_worker PASSWORD :'worker';
SQL
