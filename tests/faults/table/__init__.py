"""The fault table: all rows, group by group."""

from tests.faults.row import Row
from tests.faults.table import (
    answers,
    arguments,
    files,
    network,
    processes,
    secrets,
    terminal,
    tls,
)

GROUPS: dict[str, tuple[Row, ...]] = {
    "Network": network.ROWS,
    "TLS": tls.ROWS,
    "Answers": answers.ROWS,
    "Secrets": secrets.ROWS,
    "Terminal": terminal.ROWS,
    "Files": files.ROWS,
    "Processes": processes.ROWS,
    "Arguments": arguments.ROWS,
}
