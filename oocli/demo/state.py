"""The state of a running portal, shared by all its connections."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from oocli.demo.accounts import Group, LoginGuard, People, Sessions, first_group
from oocli.demo.api_keys import ApiKeys
from oocli.demo.operations import Operations
from oocli.demo.second_factor import SecondFactor
from oocli.demo.storage import File, Storage
from oocli.demo.uploads import Uploads


@dataclass
class PortalState:
    """The state of a portal. `lock` is held while a request is answered.

    `tenant_status` is the servers' number: 0 is active. `bulk_downloads` holds title and
    content by user id and token. `file_address` gives the address of a file at a second origin, if
    files are kept at one.
    """

    clock: Callable[[], float]
    factor: SecondFactor
    api_keys: bool = True
    tenant_status: int = 0
    ldap: bool = False
    sso_url: str = ""
    people: People = field(default_factory=People)
    sessions: Sessions = field(default_factory=Sessions)
    guard: LoginGuard = field(default_factory=LoginGuard)
    keys: ApiKeys = field(default_factory=ApiKeys)
    operations: Operations = field(default_factory=Operations)
    uploads: Uploads = field(default_factory=Uploads)
    bulk_downloads: dict[tuple[str, str], tuple[str, bytes]] = field(default_factory=dict)
    file_address: Callable[[File], str] | None = None
    confirmations: set[str] = field(default_factory=set)
    lock: threading.RLock = field(default_factory=threading.RLock)
    _serial: int = 0
    groups: list[Group] = field(init=False)
    storage: Storage = field(init=False)

    def __post_init__(self) -> None:
        self.groups = [first_group(self.people)]
        self.storage = Storage(self.people)

    def serial(self) -> int:
        """Return 1, 2, 3, … for trace ids."""
        self._serial += 1
        return self._serial
