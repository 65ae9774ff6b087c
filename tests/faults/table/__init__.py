"""The fault table: all rows, group by group."""

from tests.faults.row import Row
from tests.faults.table import (
    answers,
    arguments,
    documents,
    downloads,
    files,
    network,
    processes,
    proxies,
    secrets,
    terminal,
    tls,
    uploads,
)

GROUPS: dict[str, tuple[Row, ...]] = {
    "Network": network.ROWS + proxies.ROWS,
    "TLS": tls.ROWS,
    "Answers": answers.ROWS + documents.ROWS,
    "Secrets": secrets.ROWS,
    "Terminal": terminal.ROWS,
    "Files": files.ROWS,
    "Processes": processes.ROWS,
    "Arguments": arguments.ROWS,
    "Downloads": downloads.ROWS,
    "Uploads": uploads.ROWS,
}
