"""Files out of the log: what the filter shows and no more, no formula, logged with its reason before the first row."""

import csv
import io
import json
import re
import zipfile
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from decisions import services
from decisions.log import exports, paper
from decisions.log.columns import COLUMNS
from decisions.models import Export, RecordRead
from decisions.outcomes import Outcome
from decisions.selectors import records_for
from decisions.services.opening import recuse
from infoshare.accounts.models import Membership
from infoshare.accounts.roles import Role
from tests.people import add, signed_in

from .following import emergency
from .test_log import late, write
from .test_reviews import reviewed
from .walking import REFUSE, recorded

pytestmark = pytest.mark.django_db


def take(person: Membership, format: str, query: str = "", reason: str = "For the board") -> bytes:
    data = {"format": format, "query": query, "reason": reason}
    response: Any = signed_in(person).post("/log/export/", data)
    return b"".join(response.streaming_content) if response.streaming else response.content


def rows(person: Membership, query: str = "") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(take(person, "csv", query).decode("utf-8-sig"))))


def cells(sheet: bytes) -> list[str]:
    """All texts of a worksheet in reading order; fails for a formula."""
    tree = ElementTree.fromstring(sheet)
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    assert not list(tree.iter(f"{space}f"))
    return [text.text or "" for text in tree.iter(f"{space}t")]


def test_a_csv_holds_what_the_filter_shows(alice: Membership, bob: Membership, irene: Membership) -> None:
    refused, shared = recorded(alice, REFUSE), recorded(bob)
    assert [row["reference"] for row in rows(irene)] == [shared.reference, refused.reference]
    (row,) = rows(irene, "?decided=do_not_share")
    assert row["what_was_decided"] == "Alice Example decided not to share."
    assert (row["case_reference"], row["team"], row["departs"]) == ("4471", "Pastoral", "no")
    assert list(row) == [column.name for column in COLUMNS]


def test_no_other_organisation_is_in_it(alice: Membership, oscar: Membership) -> None:
    recorded(alice)
    assert rows(oscar) == []


def test_json_is_the_same_with_its_columns_explained(alice: Membership, irene: Membership) -> None:
    recorded(alice)
    recorded(alice, REFUSE)
    told = json.loads(take(irene, "json"))
    assert told["records"] == rows(irene)
    assert told["columns"]["reference"] == "Our reference of the record"


def test_excel_is_the_same_with_its_columns_explained(alice: Membership, irene: Membership) -> None:
    record = recorded(alice)
    with zipfile.ZipFile(io.BytesIO(take(irene, "xlsx"))) as book:
        found = cells(book.read("xl/worksheets/sheet1.xml"))
        explained = cells(book.read("xl/worksheets/sheet2.xml"))
    assert found[: len(COLUMNS)] == [column.name for column in COLUMNS]
    assert found[len(COLUMNS)] == record.reference
    assert "What the person decided" in explained


FORMULAS = {
    '=HYPERLINK("x")': '\'=HYPERLINK("x")',
    "+1": "'+1",
    "-1": "'-1",
    "@SUM(A1)": "'@SUM(A1)",
    "\t=1": "'\t'=1",
    "＝1": "'＝1",
    " =1": "' =1",
    "4471; =1": "4471;' =1",  # where a spreadsheet takes semicolons for the ends of cells
}


@pytest.mark.parametrize("value", FORMULAS)
def test_no_cell_is_a_formula(value: str, alice: Membership, irene: Membership) -> None:
    record = write(alice, 1, Outcome.SHARE_URGENTLY, route="emergency", case_reference=value)
    assert record.document.content["case_reference"] == value
    assert rows(irene)[0]["case_reference"] == FORMULAS[value]
    with zipfile.ZipFile(io.BytesIO(take(irene, "xlsx"))) as book:
        assert value.strip() in " ".join(cells(book.read("xl/worksheets/sheet1.xml")))


def test_the_page_says_what_each_button_takes(alice: Membership, irene: Membership) -> None:
    write(alice, 1)
    write(alice, 2, Outcome.ANONYMISE)
    page = signed_in(irene).get("/log/export/?query=%3Fdecided%3Danonymise").content.decode()
    for words in ("1 record as CSV", "1 record as Excel", "1 record as JSON", "Decision: Share it without showing who"):
        assert words in page
    assert "Export 2 records" in signed_in(irene).get("/log/").content.decode()


def test_a_reason_is_asked_and_nothing_leaves_without(alice: Membership, irene: Membership) -> None:
    write(alice, 1)
    assert b"Enter why you export them" in take(irene, "csv", reason=" ")
    assert not Export.objects.exists()
    with pytest.raises(ValueError, match="why"):
        services.note_export(by=irene, format=Export.Format.CSV, records=records_for(irene), filters=[], reason=" ")


def test_an_export_is_written_down_for_good(alice: Membership, irene: Membership, oscar: Membership) -> None:
    write(alice, 1)
    take(irene, "csv", "?decided=do_not_share")
    page = signed_in(irene).get("/log/exports/").content.decode()
    for words in ("Irene Example", "1 record as CSV", "Decision: Do not share", "For the board"):
        assert words in page
    assert "For the board" not in signed_in(oscar).get("/log/exports/").content.decode()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM decisions_export")


def test_every_file_is_listed_in_pages_and_stays_when_its_record_is_gone(
    alice: Membership, irene: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("decisions.log.export_views.ON_A_PAGE", 1)
    open_, closed = recorded(alice), recorded(alice)
    for record in (open_, closed):
        services.note_paper(by=alice, record=record, how=RecordRead.How.PDF)
    Export.objects.create(
        organisation=alice.organisation, by=alice.user, format=Export.Format.PDF, records=1, reference="AAAAA-AAAAA"
    )  # of a record that has been disposed of since
    recuse(record=closed, by=add("ivor", alice.organisation, Role.IG_LEAD), person=irene.user, reason="Her nephew")
    client = signed_in(irene)
    pages = [client.get(f"/log/exports/?page={number}").content.decode() for number in (1, 2)]
    assert "AAAAA-AAAAA" in pages[0]
    assert open_.reference in pages[1]
    assert "Older" in pages[0]
    assert "Older" not in pages[1]
    assert not any(closed.reference in page for page in pages)


@pytest.mark.parametrize(("how", "words"), [("pdf", "1 record as PDF"), ("bundle", "1 record as a PDF with its seal")])
def test_a_record_that_left_as_a_file_is_called_what_it_was(alice: Membership, how: str, words: str) -> None:
    services.note_paper(by=alice, record=recorded(alice), how=RecordRead.How(how))
    export = Export.objects.get()
    assert f"1 record as {export.get_format_display()}" == words


def test_practitioners_take_no_list(alice: Membership) -> None:
    assert signed_in(alice).post("/log/export/", {"format": "csv", "reason": "x"}).status_code == 403
    with pytest.raises(PermissionDenied):
        services.note_export(by=alice, format=Export.Format.CSV, records=records_for(alice), filters=[], reason="x")


def test_too_many_for_excel_are_told_so(alice: Membership, irene: Membership, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("decisions.log.export_forms.MOST_ROWS", 1)
    write(alice, 1)
    write(alice, 2)
    assert b"Choose CSV" in take(irene, "xlsx")
    assert not Export.objects.exists()


def test_an_export_asks_no_query_per_record(alice: Membership, irene: Membership) -> None:
    def queries(number: int) -> int:
        for minute in range(number):
            write(alice, minute)
        with CaptureQueriesContext(connection) as captured:
            take(irene, "csv")
        return len(captured)

    assert queries(2) == queries(20)


def test_a_value_that_is_harmless_stays_as_it_is() -> None:
    assert exports.harmless("4471-A") == "4471-A"


def test_a_record_is_a_pdf_that_says_what_the_page_says(alice: Membership, irene: Membership) -> None:
    record = recorded(alice)
    signed_in(alice).post(f"/log/{record.reference}/add/", late(text="The nurse rang back"))
    reviewed(record, irene)
    response = signed_in(irene).get(f"/log/{record.reference}/pdf/")
    with pikepdf.open(io.BytesIO(response.content)) as read, read.open_metadata() as meta:
        assert meta["pdfuaid:part"] == "1"
        assert meta["dc:title"] == f"Record {record.reference}"  # a viewer shows it in its tab
    told = json.dumps(paper.content(record), ensure_ascii=False)
    for words in ("The nurse rang back", "Who agreed?", "hungry and bruised", "The law", "A child under 13"):
        assert words in told
    assert re.search(r"[0-9a-f]{64}", told)
    assert Export.objects.get().reference == record.reference
    assert RecordRead.objects.filter(record=record, reader=irene.user).exists()


def test_an_emergency_and_a_refusal_can_be_papers(alice: Membership) -> None:
    for record in (recorded(alice, REFUSE), emergency(alice)):
        assert signed_in(alice).get(f"/log/{record.reference}/pdf/").content.startswith(b"%PDF")
