"""Everything that a running portal remembers, shared by all its connections."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from oocli.demo.accounts import Account, Groups, People, Sessions
from oocli.demo.download import Prepared
from oocli.demo.keys import Keys
from oocli.demo.limits import LoginGuard
from oocli.demo.operations import Operations
from oocli.demo.second_factor import SecondFactor
from oocli.demo.storage import Storage
from oocli.demo.uploads import Uploads

TENANT_STATUS = {
    "active": 0,
    "suspended": 1,
    "removing": 2,
    "transferring": 3,
    "restoring": 4,
    "encrypting": 6,
}
STATES = (*TENANT_STATUS, "unpaid", "ip-forbidden", "warming")


@dataclass
class PortalState:
    """The portal's memory. `lock` is held while a request is acted on."""

    kind: str
    clock: Callable[[], float]
    factor: SecondFactor
    api_keys: bool = True
    state: str = "active"
    ldap: bool = False
    sso_url: str = ""
    people: People = field(default_factory=People)
    sessions: Sessions = field(default_factory=Sessions)
    guard: LoginGuard = field(default_factory=LoginGuard)
    keys: Keys = field(default_factory=Keys)
    operations: Operations = field(default_factory=Operations)
    uploads: Uploads = field(default_factory=Uploads)
    bulk_downloads: dict[tuple[str, str], Prepared] = field(default_factory=dict)
    store_origin: str = ""
    posts: int = 0
    public_origin: str = ""
    debug: bool = False
    jwts: dict[str, Account] = field(default_factory=dict)
    confirmations: set[str] = field(default_factory=set)
    lock: threading.RLock = field(default_factory=threading.RLock)
    _serial: int = 0

    @cached_property
    def groups(self) -> Groups:
        """The groups, Ann and Bob being in the first."""
        return Groups(self.people)

    @cached_property
    def storage(self) -> Storage:
        """Folders and files, made when first needed."""
        return Storage(self.people.known)

    @property
    def tenant_status(self) -> int:
        """The number that the servers give the portal's state, 0 for what is none of theirs."""
        return TENANT_STATUS.get(self.state, 0)

    def serial(self) -> int:
        """Return 1, 2, 3, …: for trace ids, ETags and the like."""
        self._serial += 1
        return self._serial
