"""One portal, asked with one credential: requests go out, envelopes come in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from oocli.model.address import PortalAddress
from oocli.model.envelope import Envelope
from oocli.model.errors import OocliError
from oocli.model.kinds import UNKNOWN, Kind
from oocli.model.progress import NullReporter, ProgressReporter
from oocli.model.request import BodyStream, Request
from oocli.model.request_target import RequestTarget
from oocli.model.secret import Credential
from oocli.transport.options import ConnectionOptions, RequestLimits

if TYPE_CHECKING:
    from oocli.model.response import Response
    from oocli.transport.http import Http
    from oocli.transport.streaming import StreamingResponse

Pairs = Sequence[tuple[str, str]]


class PortalClient:
    """Sends requests to one portal with one credential.

    It knows nothing of settings, stored portals or the environment: whoever makes it hands over
    what it needs. Nothing is sent before the first request, and nothing is printed.

    `advise` gets each error with its request and this client, to add a hint to it: what to do next
    depends on who asks, a person at the command line or a Python program.
    """

    def __init__(
        self,
        address: PortalAddress,
        *,
        kind: Kind = UNKNOWN,
        credential: Credential | None = None,
        connection: ConnectionOptions | None = None,
        limits: RequestLimits | None = None,
        reporter: ProgressReporter | None = None,
        advise: Callable[[OocliError, Request, PortalClient], None] | None = None,
    ) -> None:
        self.address = address
        self.kind = kind
        self.credential = credential
        self._connection = connection
        self._limits = limits
        self._reporter = reporter or NullReporter()
        self._advise = advise
        self._http: Http | None = None
        # Hosts that links named in place of the portal's; each is told only once.
        self._other_hosts: set[str] = set()

    @property
    def http(self) -> Http:
        """The connection, made at the first request: requests is the slowest import of all.

        This is no cached_property, since up to Python 3.11 that has a lock, which a forked child
        may find taken.
        """
        if self._http is None:
            from oocli.transport.http import Http  # noqa: PLC0415

            self._http = Http(self.address, self._limits, self._connection, reporter=self._reporter)
        return self._http

    def get(self, path: str) -> Envelope:
        """Return the envelope that GET gives for a path, or raise the error that it means."""
        return self.call("GET", path)

    def call(
        self, method: str, path: str, *, params: Pairs = (), body: bytes | None = None
    ) -> Envelope:
        """Send one request and return its envelope, or raise the error that it means."""
        return self.send(self.request(method, path, params=params, body=body)).raise_for_error()

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
        """Send a request and return the envelope of its answer, whether it succeeded or failed.

        Raises `ConnectionFailed`, `TimeoutExceeded`, `RedirectNotFollowed` or `RateLimited` where
        there is no answer to take.
        """
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

    def add_hint(self, error: OocliError, request: Request) -> OocliError:
        """Add to an error which request it belongs to, and what to do next."""
        error.add_context(
            method=request.method, path=request.target.display_path, portal=self.address.key
        )
        if self._advise is not None:
            self._advise(error, request, self)
        return error

    def close(self) -> None:
        """Close the connection, if there is one."""
        if self._http is not None:
            self._http.close()

    def __enter__(self) -> PortalClient:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
