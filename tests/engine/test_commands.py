"""The commands on rule sets: as a person at a shell meets them, without a database."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from decisions import checks
from decisions.releases import ReleaseRefused, released

ROOT = Path(__file__).parents[2]


def run(*arguments: Any) -> str:
    out = StringIO()
    call_command(*map(str, arguments), stdout=out)
    return out.getvalue()


@pytest.fixture
def edition(tmp_path: Path, sample_text: str) -> Path:
    path = tmp_path / "2026-09.yaml"
    path.write_text(sample_text, encoding="utf-8")
    return path


def test_prove_prints_what_is_proved(edition: Path) -> None:
    assert run("prove_ruleset", edition).startswith(
        "2026-09: 95 of 95 obligations proved for 6.93e+04 possible sittings"
    )
    assert "(remark) The answers" in run("prove_ruleset", edition, "--remarks")


def test_prove_json_has_the_figures(edition: Path) -> None:
    (figures,) = json.loads(run("prove_ruleset", edition, "--json"))

    assert figures["edition"] == "2026-09"
    assert figures["obligations"] == figures["proved"] == 95
    assert figures["sittings"] == 69336
    assert figures["seconds"] >= 0


def test_prove_needs_no_settings_from_the_environment(edition: Path) -> None:
    found = subprocess.run(
        [sys.executable, "manage.py", "prove_ruleset", str(edition)],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (found.returncode, found.stderr) == (0, "")


def test_prove_refuses_what_is_not_sound(edition: Path, sample_text: str) -> None:
    edition.write_text(sample_text.replace("at_most: 30%", "at_most: 1%"), encoding="utf-8")

    out = StringIO()
    with pytest.raises(CommandError, match=r"Not proved\."):
        call_command("prove_ruleset", edition, stdout=out)
    line = next(n for n, text in enumerate(sample_text.splitlines(), start=1) if "{id: O1," in text)
    assert (
        f"\n{edition}:{line}: The default of “What to do” decides 28.2 % of sittings, more than 1 %" in out.getvalue()
    )


def test_a_broken_file_ends_a_command_with_its_errors(edition: Path) -> None:
    edition.write_text("ruleset: x", encoding="utf-8")
    with pytest.raises(CommandError, match="has no `questions`"):
        run("prove_ruleset", edition)
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        run("prove_ruleset", edition.with_name("gone.yaml"))


def test_a_rule_set_too_large_to_prove_says_so(edition: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("decisions.engine.diagrams.BUDGET", 5)

    with pytest.raises(CommandError, match="needs more than 5 diagram nodes"):
        run("prove_ruleset", edition)


def test_draw_prints_or_writes_pages(edition: Path, tmp_path: Path) -> None:
    assert run("draw_ruleset", edition).startswith("# A sample\n")
    path = Path(run("draw_ruleset", edition, "--to", tmp_path / "pages").strip())
    assert path.read_text(encoding="utf-8").startswith("# A sample\n")


def test_compare_tells_what_moves(edition: Path, tmp_path: Path, sample_text: str) -> None:
    new = tmp_path / "new.yaml"
    new.write_text(sample_text.replace("edition: 2026-09", "edition: 2027-01"), encoding="utf-8")
    assert run("compare_rulesets", edition, edition) == "The two files are the same.\n"
    assert run("compare_rulesets", edition, new) == "Only words differ: proved to change no decision.\n"

    new.write_text(
        sample_text.replace("{born: [unborn, infant]}", "{born: unborn}").replace("{id: T1,", "{id: T9,"),
        encoding="utf-8",
    )
    told = run("compare_rulesets", edition, new)
    assert told.startswith(
        "1 differences in what is decided:\nAdded: rule T9\nRemoved: rule T1\nduties.midwife: in → out\n"
    )
    assert "% of sittings, for example if “What could happen if you do not share?” is" in told
    (line,) = json.loads(run("compare_rulesets", edition, new, "--json"))["differences"]
    assert line["line"] == "duties.midwife: in → out"


def test_compare_names_questions_that_are_gone_by_their_id(edition: Path, tmp_path: Path, sample_text: str) -> None:
    new = tmp_path / "new.yaml"
    new.write_text(
        sample_text.replace("  - id: age\n", "  - id: years\n").replace("{age:", "{years:"), encoding="utf-8"
    )

    assert "`age` is `child`" in run("compare_rulesets", edition, new)


def test_an_edition_is_released_once_signed_proved_and_explained(
    edition: Path, tmp_path: Path, sample_text: str
) -> None:
    covering, listed = tmp_path / "covering", tmp_path / "released.yaml"
    release = ("release_ruleset", edition, "--list", listed, "--sittings", covering)
    with pytest.raises(CommandError, match="There are no covering sittings"):
        run(*release)
    with pytest.raises(CommandError, match="There are no sittings for 2026-09 yet"):
        run("cover_ruleset", edition, "--to", covering, "--check")

    assert "sittings cover" in run("cover_ruleset", edition, "--to", covering)
    with pytest.raises(CommandError, match="Nobody has signed"):
        run(*release)

    sign(covering / "sample-2026-09.yaml")
    assert "every kept sitting leads to what was signed" in run("cover_ruleset", edition, "--to", covering, "--check")
    assert run(*release) == "Edition 2026-09 is released, 95 obligations proved.\n"
    with pytest.raises(CommandError, match="Edition 2026-09 is released already"):
        run(*release)


def sign(path: Path) -> None:
    path.write_text(
        path.read_text(encoding="utf-8").replace("signed: ''", "signed: A Lead, 1 October 2026"), encoding="utf-8"
    )


def test_what_changes_needs_a_reason_for_every_difference(edition: Path, tmp_path: Path, sample_text: str) -> None:
    covering, listed = tmp_path / "covering", tmp_path / "released.yaml"
    later = tmp_path / "2027-01.yaml"
    changed = sample_text.replace("edition: 2026-09", "edition: 2027-01").replace(
        "{born: [unborn, infant]}", "{born: unborn}"
    )
    later.write_text(changed, encoding="utf-8")
    for path in (edition, later):
        run("cover_ruleset", path, "--to", covering)
        sign(covering / f"sample-{path.stem}.yaml")
    run("release_ruleset", edition, "--list", listed, "--sittings", covering)
    release = ("release_ruleset", later, "--list", listed, "--sittings", covering)

    with pytest.raises(CommandError, match=r"no reason yet .*\n  duties.midwife: in → out"):
        run(*release)
    run(*release, "--because", "duties.midwife: in → out", "Only before birth.")

    assert [entry.edition for entry in released(listed)] == ["2026-09", "2027-01"]
    assert released(listed)[-1].acknowledged == {"duties.midwife: in → out": "Only before birth."}
    edition.write_text(sample_text.replace("Take care", "Mind"), encoding="utf-8")
    run("cover_ruleset", edition, "--to", covering)
    sign(covering / "sample-2026-09.yaml")
    with pytest.raises(CommandError, match="with other content; give it a new edition"):
        run("release_ruleset", edition, "--list", listed, "--sittings", covering)


def test_reasons_may_be_written_in_a_file_and_are_kept(edition: Path, tmp_path: Path, sample_text: str) -> None:
    covering, listed, why = tmp_path / "covering", tmp_path / "released.yaml", tmp_path / "why.yaml"
    later = tmp_path / "2027-01.yaml"
    changed = sample_text.replace("edition: 2026-09", "edition: 2027-01")
    later.write_text(changed.replace("{born: [unborn, infant]}", "{born: unborn}"), encoding="utf-8")
    for path in (edition, later):
        run("cover_ruleset", path, "--to", covering)
        sign(covering / f"sample-{path.stem}.yaml")
    run("release_ruleset", edition, "--list", listed, "--sittings", covering)
    release = ("release_ruleset", later, "--list", listed, "--sittings", covering, "--reasons", why)

    ask_reasons = ("compare_rulesets", edition, later, "--reasons", why)
    assert run(*ask_reasons).endswith("1 differences, 1 without a reason yet\n")
    with pytest.raises(CommandError, match=r"no reason yet .*\n  duties.midwife: in → out"):
        run(*release)
    why.write_text(why.read_text(encoding="utf-8").replace("because: ''", "because: Only before birth."))
    assert run(*ask_reasons).endswith("1 differences, 0 without a reason yet\n")
    run(*release)

    assert released(listed)[-1].acknowledged == {"duties.midwife: in → out": "Only before birth."}


def test_sittings_that_did_not_change_stay_signed(edition: Path, tmp_path: Path, sample_text: str) -> None:
    run("cover_ruleset", edition, "--to", tmp_path)
    sign(tmp_path / "sample-2026-09.yaml")
    assert run("cover_ruleset", edition, "--to", tmp_path).endswith("nothing has changed\n")
    assert "A Lead" in (tmp_path / "sample-2026-09.yaml").read_text(encoding="utf-8")

    edition.write_text(sample_text.replace("Take care", "Mind"), encoding="utf-8")
    release = ("release_ruleset", edition, "--list", tmp_path / "released.yaml", "--sittings", tmp_path)
    with pytest.raises(CommandError, match="changed after it was signed"):
        run(*release)
    assert "read and sign them" in run("cover_ruleset", edition, "--to", tmp_path)
    with pytest.raises(CommandError, match="Nobody has signed"):
        run(*release)


def test_our_editions_may_be_named() -> None:
    assert run("compare_rulesets", "2018-07", "2018-07") == "The two files are the same.\n"


def test_an_unsound_edition_and_one_that_leads_elsewhere_are_not_released(
    edition: Path, tmp_path: Path, sample_text: str
) -> None:
    covering, listed = tmp_path / "covering", tmp_path / "released.yaml"
    edition.write_text(sample_text.replace("at_most: 30%", "at_most: 1%"), encoding="utf-8")
    run("cover_ruleset", edition, "--to", covering)
    sign(covering / "sample-2026-09.yaml")
    release = ("release_ruleset", edition, "--list", listed, "--sittings", covering)

    with pytest.raises(CommandError, match="It is not proved"):
        run(*release)
    edition.write_text(sample_text.replace("when: always", "when: harm_serious"), encoding="utf-8")
    with pytest.raises(CommandError, match="leads to other results than were signed"):
        run(*release)
    with pytest.raises(CommandError, match="no longer leads to what was signed"):
        run("cover_ruleset", edition, "--to", covering, "--check")
    assert not listed.exists()
    assert issubclass(ReleaseRefused, Exception)


def test_a_released_edition_that_changed_stops_the_start(
    edition: Path, tmp_path: Path, sample_text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    covering, listed = tmp_path / "covering", tmp_path / "released.yaml"
    run("cover_ruleset", edition, "--to", covering)
    sign(covering / "sample-2026-09.yaml")
    run("release_ruleset", edition, "--list", listed, "--sittings", covering)
    (tmp_path / "sharing").mkdir()
    kept = edition.rename(tmp_path / "sharing" / edition.name)
    monkeypatch.setattr(checks, "RELEASED", listed)
    monkeypatch.setattr(checks, "RULESETS", tmp_path)

    assert checks.released_editions_are_proved() == []
    kept.write_text(sample_text.replace("Take care", "Mind"), encoding="utf-8")
    assert [error.id for error in checks.released_editions_are_proved()] == ["decisions.E001"]
    kept.unlink()
    assert [error.id for error in checks.released_editions_are_proved()] == ["decisions.E001"]


def test_every_edition_is_proved() -> None:
    editions = {path.stem for path in (ROOT / "decisions" / "rulesets" / "sharing").glob("*.yaml")}
    figures = json.loads(run("prove_ruleset", "--json"))

    assert {figure["edition"] for figure in figures} == editions
    assert all(figure["proved"] == figure["obligations"] > 100 for figure in figures)
