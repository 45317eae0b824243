"""The row of the evidence pack: whoever may take records out of the log."""

from tests.access import Row, row

ROWS: list[Row] = [row("evidence:pack", irene=200, oscar=200)]
