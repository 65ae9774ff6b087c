"""The Python API: `from oocli import Portal`."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from oocli.auth.credentials import find_credential
from oocli.client.paging import PagedList
from oocli.client.portal import PortalClient
from oocli.config.environment import Directories
from oocli.config.portals import PortalRegistry, resolve_portal
from oocli.config.settings import Options, Settings, clean_token
from oocli.files.download import Download, IfExists, Target, entries_to_download
from oocli.files.local_tree import entries_to_upload
from oocli.files.remote_path import RemotePath
from oocli.files.transfer import (
    MAX_PARALLEL,
    NullTransferReporter,
    Record,
    all_records,
    run_transfers,
)
from oocli.files.transfer_state import TransferState
from oocli.files.tree import Tree
from oocli.files.upload import Uploader
from oocli.files.upload_plan import IfExists as UploadIfExists
from oocli.files.upload_plan import UploadOptions, UploadPlan, check_upload_folder
from oocli.model.address import PortalAddress
from oocli.model.envelope import Envelope
from oocli.model.errors import UsageError
from oocli.model.kinds import KINDS, UNKNOWN, kind_named
from oocli.model.secret import Credential, CredentialSource
from oocli.transport.options import ConnectionOptions, NullReporter, RequestLimits

Params = Mapping[str, str | int]


class Portal:
    """A portal and the credential for it.

    ```
    with Portal("https://docs.example.com", token="...") as portal:
        me = portal.get("people/@self").response
    ```

    Nothing is sent before the first call, and nothing is printed. All methods raise `OocliError` or
    one of its subclasses. `portal` is a host or an address; `kind` is `"workspace"`, `"docspace"`
    or, if it is not known, None. `timeout` is the limit of each read in seconds; `limits` replaces
    it and sets the other limits too. With `insecure_http`, the credential may be sent unencrypted
    to another machine.
    """

    def __init__(
        self,
        portal: str,
        *,
        token: str | None = None,
        kind: str | None = None,
        timeout: float = 60.0,
        limits: RequestLimits | None = None,
        connection: ConnectionOptions | None = None,
        insecure_http: bool = False,
    ) -> None:
        address = PortalAddress.parse(portal)
        if address.scheme == "http" and not (address.is_loopback or insecure_http):
            raise UsageError(f"{address.key}: http would send the credential unencrypted")
        names = [known.name for known in KINDS]
        if kind is not None and kind not in names:
            raise UsageError(f"kind={kind!r} is not one of {', '.join(names)}")
        self._state: Path | None = None  # the default directory
        self._client = PortalClient(
            address,
            kind=UNKNOWN if kind is None else kind_named(kind),
            credential=(
                Credential.of(clean_token(token, "token="), CredentialSource.ARGUMENT)
                if token
                else None
            ),
            connection=_for_transfers(connection or ConnectionOptions()),
            limits=limits or RequestLimits(timeout=timeout),
        )

    @classmethod
    def from_keyring(cls, portal: str | None = None) -> Portal:
        """Return a portal that the user signed in to with `oocli login`; None: the default portal.

        Reads the same environment variables as the command (OOCLI_TOKEN and the others).
        """
        settings = Settings.read(Options(portal=portal))
        selection = resolve_portal(settings, PortalRegistry.read(settings.directories))
        opened = cls.__new__(cls)
        opened._state = settings.directories.state
        opened._client = PortalClient(
            selection.address,
            kind=selection.kind,
            credential=find_credential(settings, selection, NullReporter()),
            connection=_for_transfers(settings.connection),
            limits=settings.limits,
        )
        return opened

    def get(self, path: str, *, params: Params | None = None) -> Envelope:
        """Send a GET request; `params` become the query."""
        return self.call("GET", path, params=params)

    def post(self, path: str, body: object = None, *, params: Params | None = None) -> Envelope:
        """Send a POST request; `body` becomes JSON, `params` the query."""
        return self.call("POST", path, body, params=params)

    def put(self, path: str, body: object = None, *, params: Params | None = None) -> Envelope:
        """Send a PUT request; `body` becomes JSON, `params` the query."""
        return self.call("PUT", path, body, params=params)

    def delete(self, path: str, body: object = None, *, params: Params | None = None) -> Envelope:
        """Send a DELETE request; `body` becomes JSON, `params` the query."""
        return self.call("DELETE", path, body, params=params)

    def call(
        self, method: str, path: str, body: object = None, *, params: Params | None = None
    ) -> Envelope:
        """Send a request and return the envelope of its answer, or raise the error it means."""
        data = None
        if body is not None:
            try:  # JSON has no NaN and no infinity
                data = json.dumps(body, allow_nan=False).encode()
            except (TypeError, ValueError, RecursionError) as failure:
                raise UsageError(f"the body cannot be sent as JSON: {failure}") from failure
        return self._client.call(method, path, params=_pairs(params), body=data)

    def pages(
        self, path: str, *, limit: int | None = None, params: Params | None = None
    ) -> Iterator[Any]:
        """Yield all items of a list or folder, from as many pages as it has.

        Each page is requested when its first item is needed. Stops after `limit` items. If a page
        fails, its error is raised after the items of the pages before it.
        """
        listing = PagedList(
            self._client, self._client.request("GET", path, params=_pairs(params)), limit=limit
        )
        listing.open().raise_for_error()
        for page in listing.pages():
            for text in page.texts():
                yield json.loads(text)
        if listing.failure is not None:
            raise listing.failure

    def download(
        self,
        remote: str,
        to: str | os.PathLike[str] = ".",
        *,
        recursive: bool = False,
        if_exists: IfExists = "update",
        parallel: int = 4,
    ) -> list[Record]:
        """Download a file, or with `recursive` a folder with all that is in it.

        `remote` is a path such as `my/Reports/plan.docx`. A folder is saved in the folder `to`,
        under its title. So is a file, unless `to` is not a folder: then it is the file's new name.
        Files that are up to date are not downloaded again, and an interrupted download continues.

        Raises the error of a single file; if some of several files fail, raises `TransfersFailed`,
        which has the records of all.
        """
        tree = Tree(self._client)
        entries = entries_to_download(tree, [RemotePath.parse(remote)], recursive=recursive)
        target = Target.from_path(Path(to), is_folder=entries[0].is_folder)
        items = Download(tree, target, if_exists).items(entries)
        what = f"download of {remote} on {self._client.address.key}"
        return all_records(run_transfers(items, parallel, NullTransferReporter()), what)

    def upload(
        self,
        local: str | os.PathLike[str],
        remote: str,
        *,
        recursive: bool = False,
        name: str | None = None,
        if_exists: UploadIfExists = "update",
        follow_links: bool = False,
        parallel: int = 4,
    ) -> list[Record]:
        """Upload a file, or with `recursive` a folder with all that is in it.

        `remote` is an existing folder, such as `my/Reports`. A local folder is saved in it under
        its own name, or under `name`. Files that are up to date are not uploaded again; a changed
        file becomes a new version. Nothing is deleted from the portal. An interrupted upload in
        numbered chunks continues with the next chunk.

        Raises the same errors as `download`, and `StorageError` if `local` cannot be read.
        """
        tree = Tree(self._client)
        sources = entries_to_upload(
            [os.fspath(local)], recursive=recursive, follow_links=follow_links
        )
        if name is not None and len(sources) == 1:
            sources = [sources[0]._replace(name=name)]
        folder = check_upload_folder(tree, tree.find(RemotePath.parse(remote).as_folder()))
        state = TransferState.of(self._client, self._state or Directories().state)
        options = UploadOptions(if_exists, follow_links)
        uploads = UploadPlan(tree, Uploader(self._client, parallel, state), options)
        what = f"upload to {remote} on {self._client.address.key}"
        records = run_transfers(uploads.items(sources, folder), parallel, NullTransferReporter())
        return all_records(records, what)

    def close(self) -> None:
        """Close the connections, if there are any."""
        self._client.close()

    def __enter__(self) -> Portal:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _for_transfers(connection: ConnectionOptions) -> ConnectionOptions:
    # One more than there are transfers, to list folders. Connections open only when needed.
    return connection._replace(max_connections=max(connection.max_connections, MAX_PARALLEL + 1))


def _pairs(params: Params | None) -> list[tuple[str, str]]:
    return [(name, str(value)) for name, value in (params or {}).items()]
