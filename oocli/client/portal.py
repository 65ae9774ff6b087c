"""A portal and what a signed-in user can ask of it. Also the door for Python users."""

from __future__ import annotations

import json as json_module
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from oocli.auth.credentials import find_credential
from oocli.config.portals import PortalRegistry, PortalSelection, resolve_portal
from oocli.config.settings import Options, Settings, clean_token
from oocli.model.address import PortalAddress
from oocli.model.envelope import Envelope
from oocli.model.errors import ConnectionFailed, Forbidden, OocliError, SignInNeeded, UsageError
from oocli.model.kinds import KINDS, UNKNOWN, Kind, kind_named
from oocli.model.progress import NullReporter, ProgressReporter
from oocli.model.request import BodyStream, Request
from oocli.model.request_target import RequestTarget
from oocli.model.response import Response
from oocli.model.secret import Credential, CredentialKind, CredentialSource
from oocli.model.text import shell_word
from oocli.transport.options import ConnectionOptions, RequestLimits

if TYPE_CHECKING:
    from oocli.transport.http import Http
    from oocli.transport.streaming import StreamingResponse

Pairs = Sequence[tuple[str, str]]


class Portal:
    """One portal, asked with one credential.

    ```
    with Portal("https://docs.example.com", token="...") as portal:
        me = portal.get("people/@self").response
    ```

    Nothing is sent before the first call, and nothing is printed. Each method raises `OocliError`
    or one of its family. `portal` is a host or an address; `kind` is `"workspace"`, `"docspace"` or
    None where it need not be known; `timeout` is in seconds for each read.
    """

    def __init__(
        self,
        portal: str | PortalAddress,
        *,
        token: str | None = None,
        credential: Credential | None = None,
        kind: Kind | str | None = None,
        timeout: float = 60.0,
        limits: RequestLimits | None = None,
        connection: ConnectionOptions | None = None,
        reporter: ProgressReporter | None = None,
        insecure_http: bool = False,
        connections: int = 1,
    ) -> None:
        address = PortalAddress.parse(portal) if isinstance(portal, str) else portal
        if address.scheme == "http" and not (address.is_loopback or insecure_http):
            raise UsageError(f"{address.key}: http would send the credential unencrypted")
        self.address = address
        self.kind = kind if isinstance(kind, Kind) else _kind_of(kind)
        self.credential = (
            Credential.of(clean_token(token, "token="), CredentialSource.ARGUMENT)
            if token
            else credential
        )
        self._limits = limits or RequestLimits(timeout=timeout)
        self._connection = connection or ConnectionOptions()
        self._reporter = reporter or NullReporter()
        self._connections = connections
        self._http: Http | None = None
        # Hosts that links named in place of the portal's, each told once.
        self._other_hosts: set[str] = set()

    @classmethod
    def open(
        cls, settings: Settings, reporter: ProgressReporter | None = None, **more: Any
    ) -> Portal:
        """Return the portal that the settings choose, with the credential that belongs to it."""
        reporter = reporter or NullReporter()
        selection = resolve_portal(settings, PortalRegistry.read(settings.directories))
        credential = find_credential(settings, selection, reporter)
        return cls.selection(selection, settings, credential, reporter, **more)

    @classmethod
    def selection(
        cls,
        selection: PortalSelection,
        settings: Settings,
        credential: Credential | None,
        reporter: ProgressReporter,
        **more: Any,
    ) -> Portal:
        """Return the portal for a choice already made, with or without a credential."""
        return cls(
            selection.address,
            credential=credential,
            kind=more.pop("kind", selection.kind),
            limits=settings.limits,
            connection=settings.connection,
            reporter=reporter,
            insecure_http=True,  # judged when it was chosen
            **more,
        )

    @classmethod
    def from_keyring(cls, portal: str | None = None) -> Portal:
        """Return a portal that somebody signed in to with `oocli login`; None: the default one.

        The variables of the command (OOCLI_TOKEN and the others) are obeyed as it obeys them.
        """
        return cls.open(Settings.read(Options(portal=portal)))

    @property
    def http(self) -> Http:
        """The connection, made at the first request: loading HTTP is the dearest import of all.

        No cached_property: up to Python 3.11 it has a lock, which a forked child may find taken.
        """
        if self._http is None:
            from oocli.transport.http import Http  # noqa: PLC0415

            self._http = Http(
                self.address,
                self._limits,
                self._connection,
                reporter=self._reporter,
                connections=self._connections,
            )
        return self._http

    def get(self, path: str, **params: str | int) -> Envelope:
        """Ask for something; keyword arguments become the query."""
        return self.call("GET", path, params=params)

    def post(self, path: str, body: Any = None, **params: str | int) -> Envelope:
        """Create something; `body` becomes JSON."""
        return self.call("POST", path, body, params=params)

    def put(self, path: str, body: Any = None, **params: str | int) -> Envelope:
        """Change something; `body` becomes JSON."""
        return self.call("PUT", path, body, params=params)

    def delete(self, path: str, body: Any = None, **params: str | int) -> Envelope:
        """Delete something; `body` becomes JSON."""
        return self.call("DELETE", path, body, params=params)

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        params: Mapping[str, str | int] | None = None,
    ) -> Envelope:
        """Send one call and return its envelope, or raise what the portal answered."""
        pairs = [(name, str(value)) for name, value in (params or {}).items()]
        raw = None if body is None else _json(body)
        return self.send(self.request(method, path, params=pairs, body=raw)).raise_for_error()

    def pages(self, path: str, *, limit: int | None = None, **params: str | int) -> Iterator[Any]:
        """Yield every item of a list or folder, however many pages the portal makes of it.

        One page is asked for at a time, when it is needed; `limit` ends it after so many items. A
        page that does not come raises its error, after the items before it.
        """
        from oocli.client.paging import PagedList  # noqa: PLC0415 - most calls ask for one page

        pairs = [(name, str(value)) for name, value in params.items()]
        listing = PagedList(self, self.request("GET", path, params=pairs), limit=limit)
        listing.open().raise_for_error()
        for page in listing.pages():
            for text in page.texts():
                yield json_module.loads(text)
        if listing.failure is not None:
            raise listing.failure

    def request(
        self,
        method: str,
        path: str,
        *,
        params: Pairs = (),
        headers: Pairs = (),
        body: bytes | BodyStream | None = None,
        content_type: str = "application/json",
        anonymous: bool = False,
        with_cookie: bool = False,
    ) -> Request:
        """Return a request as this kind of portal wants it, without sending it."""
        method = method.upper()
        if body is None and self.kind.wants_body and method in ("POST", "PUT", "DELETE"):
            body = b"{}"
        target = RequestTarget.parse(path, self.address, self.kind, params)
        if target.other_host is not None and target.other_host not in self._other_hosts:
            self._other_hosts.add(target.other_host)
            self._reporter.note(
                f"the link names {target.other_host}: {self.address.key} is asked instead"
            )
        given = {name.lower() for name, _ in headers}
        added = []
        if body is not None and "content-type" not in given:
            added.append(("Content-Type", getattr(body, "content_type", content_type)))
        return Request(
            method,
            target,
            (*headers, *added),
            body,
            anonymous=anonymous,
            with_cookie=with_cookie,
        )

    def send(self, request: Request, *, retries: int | None = None) -> Envelope:
        """Send a request and return the envelope, failed or not; only its `error` tells."""
        try:
            answer = self.http.send(request, self.credential, retries=retries)
        except OocliError as failure:
            raise self.add_hint(failure, request) from failure.__cause__
        return self.to_envelope(request, answer)

    def to_envelope(self, request: Request, answer: Response) -> Envelope:
        """Return an answer as an envelope whose error, if any, says what to do next."""
        envelope = Envelope(request, answer)
        envelope.portal = self.address.key
        if envelope.error is not None:
            self.add_hint(envelope.error, request)
        return envelope

    def stream(self, request: Request) -> StreamingResponse:
        """Send a request and return the answer before its body is read."""
        try:
            return self.http.open(request, self.credential)
        except OocliError as failure:
            raise self.add_hint(failure, request) from failure.__cause__

    def close(self) -> None:
        """Close the connection, if there is one."""
        if self._http is not None:
            self._http.close()

    def __enter__(self) -> Portal:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add_hint(self, error: OocliError, request: Request) -> OocliError:
        """Add to an error whose it is, and what to do next."""
        error.add_context(
            method=request.method, path=request.target.display_path, portal=self.address.key
        )
        if error.hint or isinstance(error, ConnectionFailed) or request.anonymous:
            return error
        if isinstance(error, SignInNeeded):
            error.hint = self._refused()
        elif isinstance(error, Forbidden) and self._sent_key():
            error.hint = "the API key may lack the scope: oocli call GET keys/@self"
        return error

    def _sent_key(self) -> bool:
        return self.credential is not None and self.credential.kind is CredentialKind.API_KEY

    def _refused(self) -> str:
        again = f"oocli login --portal {shell_word(self.address.key)}"
        if self.credential is None:
            return again
        kind, source = self.credential.kind, self.credential.source
        whose = f"the {kind.display_name} from {source.value} was refused"
        if source.is_variable:
            return f"{whose}; get a fresh one: {again} --print-token"
        return f"{whose}; sign in again: {again}"


def _json(body: Any) -> bytes:
    """Return a body as JSON, which has no NaN and no infinity. Raises `UsageError`."""
    try:
        return json_module.dumps(body, allow_nan=False).encode()
    except (TypeError, ValueError, RecursionError) as failure:
        raise UsageError(f"the body cannot be sent as JSON: {failure}") from failure


def _kind_of(name: str | None) -> Kind:
    names = [kind.name for kind in KINDS]
    if name is not None and name not in names:
        raise UsageError(f"kind={name!r} is not one of {', '.join(names)}")
    return UNKNOWN if name is None else kind_named(name)
