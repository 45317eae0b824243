"""What `make run` starts: servers, migrations, demo data, then web, worker and beat. Not for deployment.

One Ctrl-C ends all; so does one of them ending on its own, which is told in one sentence.
"""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping

from infoshare.crew import Crew
from infoshare.embedded.__main__ import guarded, say
from infoshare.embedded.errors import CannotRunError
from infoshare.embedded.places import CLONE
from infoshare.embedded.running import Running, servers

HOST = "127.0.0.1"
OTHERS = {"DATABASE_OWNER_URL", "DATABASE_OWNER_URL_FILE", "WORKER_DATABASE_URL"}
READY_WITHIN = 120.0  # seconds, on a slow and busy machine
CELERY = ("-m", "celery", "--quiet", "-A", "infoshare")


def main() -> int:
    return guarded(_serve)


def commands(port: int) -> dict[str, tuple[str, ...]]:
    """What runs, by the name shown before each line of its output."""
    gunicorn = ("-m", "gunicorn", "infoshare.wsgi", "--bind", f"{HOST}:{port}", "--no-control-socket")
    return {
        "web": (*gunicorn, "--preload", "--worker-class", "gthread", "--workers", "2", "--threads", "4"),
        "worker": (*CELERY, "worker", "--concurrency", "2", "--loglevel", "INFO"),
        "beat": (*CELERY, "beat", "-S", "django", "--loglevel", "INFO"),
    }


def _serve() -> int:
    port = chosen_port(os.environ.get("PORT") or "8000")
    with servers(os.environ) as running:
        environment = {"SITE_ADDRESS": f"http://{HOST}:{port}", **os.environ, **running.address(os.environ)}
        if running.home.outside:
            say(f"The servers' user cannot reach this clone: programs and data are in {running.home.path}.")
        say("Bringing the database up to date…")
        accounts = prepare(environment)
        # Only migrations need the owner's rights, and only the worker its own.
        common = {name: value for name, value in environment.items() if name not in OTHERS}
        worker = environment.get("WORKER_DATABASE_URL") or common.get("DATABASE_URL", "")
        crew = Crew(commands(port), common, own={"worker": {"DATABASE_URL": worker}} if worker else None)
        try:
            return _watch(crew, running, port, accounts)
        except SystemExit:
            say("Stopping…")
            return 0
        finally:
            crew.stop()


def _watch(crew: Crew, running: Running, port: int, accounts: str) -> int:
    """Until something ends that should not, or a signal unwinds us."""
    deadline: float | None = time.monotonic() + READY_WITHIN
    while True:
        crew.pass_on_output(seconds=0.25)
        for alarm in running.alarms():
            say(alarm)
        fallen = crew.fallen() or (f"{name} has ended" if (name := running.fallen()) else None)
        if fallen:
            say(f"{fallen} unexpectedly: stopping everything.")
            return 1
        if deadline and healthy(port):
            say(f"\ninfoshare is ready: http://{HOST}:{port}\n\n{accounts}\nCtrl-C stops it.")
            deadline = None
        elif deadline and time.monotonic() > deadline:
            say(f"The web server did not become healthy within {READY_WITHIN:.0f} seconds: see its lines above.")
            return 1


def chosen_port(wished: str) -> int:
    """A free one, or a sentence saying why not, before anything is started."""
    if not (wished.isdecimal() and 0 < int(wished) < 65536):
        raise CannotRunError(f"PORT is {wished!r}: give a number from 1 to 65535, such as `make run PORT=8001`.")
    port = int(wished)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            raise CannotRunError(f"You may not use port {port}: choose one above 1023: `make run PORT=8001`.") from None
        except OSError:
            other = port + 1 if port < 65535 else 8001
            raise CannotRunError(
                f"Port {port} is in use: stop the program that uses it, or choose another: `make run PORT={other}`."
            ) from None
    return port


def prepare(environment: Mapping[str, str]) -> str:
    """What prepare.py tells about the demo's accounts; its errors are shown as they are."""
    # In a session of its own, so that Ctrl-C reaches us alone and we end it without a traceback of its own.
    done = subprocess.run(
        [sys.executable, "-m", "infoshare.prepare"],
        cwd=CLONE,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    if done.returncode:
        raise CannotRunError("The database could not be brought up to date: see above.")
    return done.stdout


def healthy(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=30)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
