"""Keys come from files or the environment; without them nothing starts; what is wrong is named, never shown."""

import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from infoshare.embedded.places import CLONE
from infoshare.ledger import keys

GOOD = "ab" * 32


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Path]:
    """As if in another clone; the keys in use come back afterwards."""
    with override_settings(VAR_DIR=tmp_path):
        forget()
        yield tmp_path
    forget()


@pytest.fixture
def deployed(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    with override_settings(EMBEDDED=False):
        for name in (keys.KEKS, keys.MAC, keys.BLIND_INDEX, keys.SIGNING):
            monkeypatch.setenv(name, f"k1:{GOOD}" if name == keys.KEKS else GOOD)
        yield monkeypatch


def forget() -> None:
    keys.ring.cache_clear()
    keys.signing_key.cache_clear()


def test_development_keys_are_made_once_and_private(elsewhere: Path) -> None:
    first = keys.ring()
    keys.signing_key()
    forget()
    assert keys.ring() == first
    made = sorted((elsewhere / "ledger-keys").iterdir())
    assert [path.name for path in made] == [
        "ledger_blind_index_key",
        "ledger_keks",
        "ledger_mac_key",
        "ledger_signing_key",
    ]
    assert {stat.S_IMODE(path.stat().st_mode) for path in made} == {0o600}
    assert len({path.read_text() for path in made}) == 4


@pytest.mark.parametrize("name", [keys.KEKS, keys.MAC, keys.BLIND_INDEX])
@pytest.mark.parametrize("value", ["", "not hexadecimal", "abcd"])
def test_a_missing_or_wrong_key_is_named_and_not_shown(
    deployed: pytest.MonkeyPatch, elsewhere: Path, name: str, value: str
) -> None:
    deployed.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=name) as refused:
        keys.ring()
    assert not value or value not in str(refused.value)
    assert not (elsewhere / "ledger-keys").exists()


def test_the_last_key_encryption_key_is_the_one_in_use(deployed: pytest.MonkeyPatch) -> None:
    deployed.setenv(keys.KEKS, f"k1:{GOOD}\nk2:{'cd' * 32}")
    assert keys.ring().newest == "k2"
    assert keys.kek("k1") == bytes.fromhex(GOOD)


def test_a_key_added_to_the_file_is_found_without_a_restart(deployed: pytest.MonkeyPatch, elsewhere: Path) -> None:
    file = elsewhere / "keks"
    file.write_text(f"k1:{GOOD}")
    deployed.delenv(keys.KEKS)
    deployed.setenv(f"{keys.KEKS}_FILE", str(file))
    assert keys.ring().newest == "k1"
    file.write_text(f"k1:{GOOD} k2:{'cd' * 32}")
    assert keys.kek("k2") == bytes.fromhex("cd" * 32)
    with pytest.raises(ImproperlyConfigured, match="k3"):
        keys.kek("k3")


@pytest.mark.slow
@pytest.mark.parametrize("module", ["infoshare.wsgi", "infoshare.celery"])
def test_nothing_starts_without_its_keys(module: str) -> None:
    start = "import infoshare.wsgi" if module == "infoshare.wsgi" else "import infoshare.celery as c; c.check_keys()"
    environment = {"SECRET_KEY": "x", "PATH": ""}
    done = subprocess.run([sys.executable, "-c", start], cwd=CLONE, env=environment, capture_output=True, text=True)
    assert done.returncode == 1
    assert f"The environment variable {keys.KEKS} is not set." in done.stderr
