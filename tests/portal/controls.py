"""What a test can set and read in a running portal, besides its requests."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from oocli.demo import second_factor
from oocli.demo.accounts import OTHER_PASSWORD, Account
from oocli.demo.api_keys import ApiKey
from oocli.demo.operations import Operation, Operations
from oocli.demo.server import DemoPortal as PlainDemoPortal
from oocli.demo.storage import Id
from tests.portal.bodies import Body, GeneratedBytes
from tests.portal.kinds import STATES


class FailingOperations(Operations):
    """Operations, the next of which ends with the error `failure`, if that is set."""

    failure = ""

    def start(self, *args: Any, **more: Any) -> Operation:
        """Start an operation."""
        operation = super().start(*args, **more)
        operation.error, self.failure = self.failure, ""
        return operation


class ControlledPortal(PlainDemoPortal):
    """A demo portal whose people, sessions, keys and files a test can change and read."""

    other_user = "bob@example.com"
    other_password = OTHER_PASSWORD

    def _account(self, user: str | None) -> Account:
        account = self._state.people.by_login(user or self.user)
        if account is None:
            raise ValueError(f"no user: {user!r}")
        return account

    # The portal as a whole

    @property
    def state(self) -> str:
        """One of `STATES`; with "ip-forbidden" only the owner has access."""
        return self._portal.tenant_state

    @state.setter
    def state(self, state: str) -> None:
        if state not in STATES:
            raise ValueError(f"no state of a portal: {state!r}")
        self._portal.tenant_state = state
        self._state.tenant_status = STATES[state]

    @property
    def maintenance(self) -> bool:
        """Whether the portal is restoring a backup and refuses nearly every request."""
        return self.state == "restoring"

    @maintenance.setter
    def maintenance(self, on: bool) -> None:
        self.state = "restoring" if on else "active"

    @property
    def ldap(self) -> bool:
        """Whether an LDAP directory checks passwords, so that `passwordHash` never matches."""
        return self._state.ldap

    @ldap.setter
    def ldap(self, on: bool) -> None:
        self._state.ldap = on

    @property
    def sso_url(self) -> str:
        """The address of single sign-on, or an empty string if there is none."""
        return self._state.sso_url

    @sso_url.setter
    def sso_url(self, url: str) -> None:
        self._state.sso_url = url

    @property
    def debug_build(self) -> bool:
        """Whether errors of a Workspace portal have `type` and `stack`."""
        return self._portal.debug_build

    @debug_build.setter
    def debug_build(self, on: bool) -> None:
        self._portal.debug_build = on

    def restart(self, *, lose_uploads: bool = False, lose_tokens: bool = False) -> None:
        """Restart on the same port; keep files, and unless told otherwise uploads and tokens."""
        super().stop()
        with self._state.lock:
            if lose_uploads:
                self._state.uploads.open.clear()
            if lose_tokens:
                self._state.sessions.all.clear()
        self.start()

    # Sessions

    def issue_token(self, user: str | None = None, lifetime_s: float | None = None) -> str:
        """Issue a token without a sign-in, for Ann by default."""
        with self._state.lock:
            account = self._account(user)
            session = self._state.sessions.start(account, self.clock())
            if lifetime_s is not None:
                session.ends = session.started + lifetime_s
            return session.token

    def is_live(self, token: str) -> bool:
        """Tell whether a token is still valid."""
        with self._state.lock:
            return self._state.sessions.find(token, self.clock()) is not None

    def live_sessions(self) -> list[str]:
        """Return the valid tokens, the oldest first."""
        with self._state.lock:
            now = self.clock()
            return [
                session.token for session in self._state.sessions.all.values() if session.valid(now)
            ]

    def issued_secrets(self) -> set[str]:
        """Return every password, token and API key that this portal has ever accepted."""
        with self._state.lock:
            secrets = {person.password for person in self._state.people.known}
            secrets |= set(self._state.sessions.all) | set(getattr(self._portal, "jwts", ()))
            return (secrets | {key.secret for key in self._state.keys.all}) - {""}

    def revoke(self, token: str) -> None:
        """End a session, as an admin could."""
        with self._state.lock:
            self._state.sessions.all[token].live = False

    def expire(self, token: str) -> None:
        """Let a token expire now."""
        with self._state.lock:
            self._state.sessions.all[token].ends = self.clock()

    def set_lifetime(self, seconds: float | None) -> None:
        """Set the lifetime of new tokens; with None they do not expire."""
        self._state.sessions.lifetime_s = seconds

    def accept_jwt(self, jwt: str, user: str | None = None) -> None:
        """Accept this text as an access token of the identity service (DocSpace)."""
        self._portal.jwts[jwt] = self._account(user)

    def terminate(self, user: str) -> None:
        """Disable an account and thereby its tokens."""
        self._account(user).terminated = True

    def make_guest(self, user: str) -> None:
        """Make an account a guest."""
        self._account(user).visitor = True

    # Second factor

    def totp(self, user: str | None = None) -> str:
        """Return the six digits that an authenticator app shows now."""
        return second_factor.totp(self._account(user).totp_secret, self.clock())

    @property
    def backup_codes(self) -> list[str]:
        """Ann's unused backup codes."""
        return list(self._account(None).backup_codes)

    # Keys

    def make_key(
        self,
        scopes: Sequence[str] = (),
        name: str = "k",
        days: float | None = None,
        user: str | None = None,
    ) -> str:
        """Make an API key, for Ann by default; no scopes means all (DocSpace)."""
        with self._state.lock:
            owner = self._account(user)
            return self._state.keys.make(owner, self.clock(), name, scopes, days or 0).secret

    def live_keys(self) -> list[dict[str, Any]]:
        """Return the valid API keys; `secret` is the complete key."""
        with self._state.lock:
            now = self.clock()
            return [self._describe(key) for key in self._state.keys.all if key.valid(now)]

    def _describe(self, key: ApiKey) -> dict[str, Any]:
        return {
            "id": key.id,
            "name": key.name,
            "secret": key.secret,
            "key": key.masked,
            "permissions": list(key.scopes),
            "owner": key.owner.email,
            "ends": key.ends,
            "active": key.active,
        }

    # People and files

    def add_people(self, n: int) -> None:
        """Add people without passwords, who are generated when they are read."""
        self._state.people.extra += n

    def add_groups(self, n: int) -> None:
        """Add groups, which are generated when they are read."""
        self._state.groups.extra += n

    def add_posts(self, n: int) -> None:
        """Add blog posts, whose list pages itself and has no total (Workspace)."""
        self._portal.posts += n

    def folder_id(self, alias: str = "@my", user: str | None = None) -> Id:
        """Return the id of the folder that an alias means for a user, Ann by default."""
        with self._state.lock:
            return self._state.storage.root(alias, self._account(user)).id

    def add_folder(self, title: str, parent: Id | None = None, id: Id | None = None) -> Id:
        """Add a folder, to Ann's documents by default; a string as id means third-party storage."""
        with self._state.lock:
            above = self.folder_id() if parent is None else parent
            self._set_next_id(id)
            return self._state.storage.add_folder(title, above, self._account(None)).id

    def add_file(
        self,
        title: str,
        folder: Id | None = None,
        content: Body | int = 1024,
        id: Id | None = None,
    ) -> Id:
        """Add a file; a number as content is its size, and its bytes are generated when read."""
        with self._state.lock:
            inside = self.folder_id() if folder is None else folder
            body = GeneratedBytes(content, title) if isinstance(content, int) else content
            self._set_next_id(id)
            return self._state.storage.add_file(title, inside, body, self._account(None)).id

    def _set_next_id(self, id: Id | None) -> None:
        if id is not None:
            self._state.storage.ids = itertools.chain([id], self._state.storage.ids)

    def add_files(self, folder: Id, n: int, size: int = 1024) -> None:
        """Add files named `file-000000.txt` and so on, whose bytes are generated when read."""
        with self._state.lock:
            storage, owner = self._state.storage, self._account(None)
            existing = len(storage.files_in(folder))
            for number in range(existing, existing + n):
                title = f"file-{number:06d}.txt"
                storage.add_file(title, folder, GeneratedBytes(size, title), owner)

    def share(self, folder: Id, user: str | None = None, *, writable: bool = False) -> None:
        """Share a folder with a user, Bob by default."""
        with self._state.lock:
            account = self._account(user or self.other_user)
            storage = self._state.storage
            storage.share(storage.folders[folder], account, writable=writable)

    def lie_about_size(self, file: Id, size: int) -> None:
        """Let the portal show another size of a file than that of its content."""
        self._state.storage.files[file].declared_size = size

    def hide(self, *ids: Id) -> None:
        """Drop these entries from pages after they were cut, so that pages are too short."""
        self._state.storage.hidden.update(ids)

    def titles(self, folder: Id | None = None) -> list[str]:
        """Return the titles of the files in a folder, Ann's documents by default."""
        with self._state.lock:
            inside = self.folder_id() if folder is None else folder
            return [file.title for file in self._state.storage.files_in(inside)]

    def stored(self, file: Id) -> Body:
        """Return the content of a file, which is not read yet if it is large."""
        with self._state.lock:
            return self._state.storage.files[file].content

    def content(self, file: Id) -> bytes:
        """Return the content of a file as bytes."""
        return bytes(self.stored(file))

    # Uploads and operations

    @property
    def chunk_size(self) -> int:
        """The size of an upload chunk in bytes, 10 MiB by default as in real portals."""
        return self._state.uploads.chunk_size

    @chunk_size.setter
    def chunk_size(self, size: int) -> None:
        self._state.uploads.chunk_size = size

    @property
    def upload_limit(self) -> int:
        """The maximum size in bytes of a file that is uploaded in one request."""
        return self._state.uploads.limit

    @upload_limit.setter
    def upload_limit(self, size: int) -> None:
        self._state.uploads.limit = size

    def open_uploads(self) -> list[str]:
        """Return the ids of upload sessions that are neither complete nor aborted."""
        with self._state.lock:
            return list(self._state.uploads.open)

    @property
    def operation_steps(self) -> int:
        """The number of polls after which a new file operation ends."""
        return self._state.operations.steps

    @operation_steps.setter
    def operation_steps(self, steps: int) -> None:
        self._state.operations.steps = steps

    def fail_next_operation(self, message: str) -> None:
        """Let the next file operation end with this error."""
        self._state.operations.failure = message

    def finish_operations(self) -> None:
        """End all file operations now; the next poll, whoever sends it, lists their end."""
        with self._state.lock:
            for operation in self._state.operations.all:
                if not operation.finished:
                    operation.finish()
