"""How far a transfer of many files is."""

from __future__ import annotations

from typing import NamedTuple


class TransferProgress(NamedTuple):
    """Files and bytes that are done, and how many are known; more may follow unless `is_listed`.

    Bytes of files of unknown size count as they come.
    """

    files: int = 0
    all_files: int = 0
    bytes: int = 0
    all_bytes: int = 0
    is_listed: bool = False
