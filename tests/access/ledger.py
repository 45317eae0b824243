"""Rows of the seal: the IG lead's. There is no checkpoint without a record, which is the same for every lead."""

from tests.access import Row, row

ROWS: list[Row] = [
    row("seal:page", irene=200, oscar=200),
    row("seal:verify", irene=302, oscar=302, method="post"),
    row("seal:checkpoint", irene=404, oscar=404),
]
