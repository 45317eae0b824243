"""Finds a Chromium for the browser tests: the machine's, else Debian's (as root), else Playwright's own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools.steps import PYTHON, say

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
MACOS = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
PLAYWRIGHT_PATH = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""


def find() -> str | None:
    """The path of one that starts, after installing it if need be."""
    return _machines_own() or _debians() or _playwrights()


def _machines_own() -> str | None:
    wished = os.environ.get("CHROMIUM")
    for name in (wished,) if wished else (*NAMES, MACOS):
        path = shutil.which(name)
        if path and _starts(path):
            return path
    return None


def _debians() -> str | None:
    if sys.platform != "linux" or os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    say("Installing Chromium with apt…")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update", "-q"], ["install", "-qy", "--no-install-recommends", "chromium"]):
        subprocess.run(["apt-get", *words], env=environment, capture_output=True)
    return _machines_own()


def _playwrights() -> str | None:
    asked = subprocess.run([PYTHON, "-c", PLAYWRIGHT_PATH], capture_output=True, text=True)
    path = Path(asked.stdout.strip())
    if asked.returncode == 0 and not path.is_file():
        say("Fetching Playwright’s Chromium…")
        more = ["--with-deps"] if os.geteuid() == 0 else []
        subprocess.run([PYTHON, "-m", "playwright", "install", *more, "chromium"], capture_output=True)
    return str(path) if path.is_file() and _starts(str(path)) else None


def _starts(path: str) -> bool:
    """A name alone proves little: on some machines it only says that one should install something else."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False
