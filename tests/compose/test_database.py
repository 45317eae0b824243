"""What the database container runs at its first start: roles.sql and passwords.sh, by a real psql."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import psycopg
import pytest

from infoshare.embedded import binaries
from infoshare.embedded.places import CLONE, home_for
from tests.embedded.conftest import Up
from tests.embedded.conftest import clone as clone
from tests.embedded.conftest import launch as launch
from tests.embedded.conftest import up as up


@pytest.mark.slow
def test_the_roles_get_the_passwords_of_the_secret_files(up: Up, clone: Path, secrets: Path) -> None:
    up()
    keys = json.loads((clone / "var" / "servers" / "keys.json").read_text())
    connection = {"PGHOST": "127.0.0.1", "PGPORT": str(keys["postgresql_port"]), "PGPASSWORD": keys["superuser"]}
    programs = binaries.postgresql(home_for("scratch"))[0]
    environment = {**connection, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "SECRETS": str(secrets)}
    with psycopg.connect(_address(keys, "postgres", keys["superuser"], "postgres"), autocommit=True) as superuser:
        superuser.execute("DROP DATABASE infoshare")
        superuser.execute("DROP ROLE infoshare_web, infoshare_worker, infoshare_owner, infoshare_app, infoshare_jobs")
    psql = shutil.which("psql", path=environment["PATH"])
    assert psql
    roles: list[str | Path] = [psql, "-v", "ON_ERROR_STOP=1", "-U", "postgres", "-f", CLONE / "docker" / "roles.sql"]
    for command in (roles, [CLONE / "docker" / "passwords.sh"]):
        subprocess.run(command, env=environment, check=True, capture_output=True)
    for role in ("owner", "web", "worker"):
        password = (secrets / f"{role}_password").read_text()
        with psycopg.connect(_address(keys, f"infoshare_{role}", password, "infoshare")) as signed_in:
            assert signed_in.execute("SELECT pg_has_role('infoshare_app', 'member')").fetchone() == (True,)
            assert signed_in.execute("SELECT has_schema_privilege('public', 'CREATE')").fetchone() == (role == "owner",)


def _address(keys: dict[str, str], user: str, password: str, name: str) -> str:
    return f"postgres://{user}:{password}@127.0.0.1:{keys['postgresql_port']}/{name}"
