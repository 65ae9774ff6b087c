"""The client of one portal: it sends requests with one credential and returns envelopes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from oocli.model.address import PortalAddress
from oocli.model.envelope import Envelope
from oocli.model.errors import OocliError
from oocli.model.kinds import UNKNOWN, Kind
from oocli.model.request import BodyStream, Request, RequestTarget
from oocli.model.secret import Credential
from oocli.transport.options import ConnectionOptions, NullReporter, ProgressReporter, RequestLimits

if TYPE_CHECKING:
    from oocli.model.response import BodyRest, Response
    from oocli.transport.http import Http
    from oocli.transport.streaming import StreamingResponse

Pairs = Sequence[tuple[str, str]]


class PortalClient:
    """Sends requests to one portal with one credential.

    It reads no settings, stored portals or environment variables, and prints nothing. It connects
    when it sends the first request.

    `advise` is called with each error, its request and this client, to add a hint to the error. A
    user of the command line needs other hints than a Python program.
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
        self.limits = limits or RequestLimits()
        self._reporter = reporter or NullReporter()
        self._advise = advise
        self._http: Http | None = None
        self._reported_hosts: set[str] = set()  # see `request`

    @property
    def http(self) -> Http:
        """The HTTP connection, created at the first request: importing requests takes longest.

        This is not a cached_property: until Python 3.11 that uses a lock, which a forked child
        process may inherit in the locked state.
        """
        if self._http is None:
            from oocli.transport.http import Http  # noqa: PLC0415

            self._http = Http(self.address, self.limits, self._connection, reporter=self._reporter)
        return self._http

    def get(self, path: str) -> Envelope:
        """Send a GET request and return its envelope. Raises the error that a failure means."""
        return self.call("GET", path)

    def call(
        self, method: str, path: str, *, params: Pairs = (), body: bytes | None = None
    ) -> Envelope:
        """Send a request and return its envelope. Raises the error that a failure means."""
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
    ) -> Request:
        """Return a request in the form that this kind of portal expects. It is not sent.

        If `path` is a link to another host, a note reports once per host that the request goes to
        the portal instead.
        """
        method = method.upper()
        if body is None and self.kind.wants_body and method in ("POST", "PUT", "DELETE"):
            body = b"{}"
        target = RequestTarget.parse(path, self.address, self.kind, params)
        if target.other_host is not None and target.other_host not in self._reported_hosts:
            self._reported_hosts.add(target.other_host)
            change = f"the request goes to {self.address.key} instead"
            self._reporter.note(f"the link names {target.other_host}; {change}")
        if body is not None and all(name.lower() != "content-type" for name, _ in headers):
            headers = (*headers, ("Content-Type", getattr(body, "content_type", content_type)))
        return Request(method, target, tuple(headers), body, anonymous=anonymous)

    def send(self, request: Request, *, retries: int | None = None) -> Envelope:
        """Send a request and return the envelope of its answer, even if the request failed.

        Raises `ConnectionFailed`, `TimeoutExceeded`, `RedirectNotFollowed` or `RateLimited` if
        there is no answer to return.
        """
        with self._adding_context(request):
            answer = self.http.send(request, self.credential, retries=retries)
        return self._envelope(request, answer)

    def stream(self, request: Request) -> Envelope:
        """Send a request like `send`, but do not read the body of a file.

        The caller reads the body from `answer.rest` and closes that. Answers of the API are read
        here, unless their headers mark them as files.
        """
        with self._adding_context(request):
            streaming = self.http.open(request, self.credential)
            head = streaming.head
            is_page = request.target.is_api or Envelope(request, head).is_json
            if head.status >= 300:
                return self._envelope(request, streaming.read_start())
            if is_page and not head.is_attachment:
                return self._envelope(request, streaming.read())
        rest = _UnreadBody(self, request, streaming)
        return self._envelope(request, head._replace(rest=rest))

    def open_file(self, request: Request) -> tuple[Response, BodyRest]:
        """Send a request for a file, and return the head of its answer and the unread body.

        Unlike `stream`, it never takes the content of a file for an answer of the API. Raises the
        error that a failing answer means.
        """
        with self._adding_context(request):
            streaming = self.http.open(request, self.credential)
            if streaming.head.status >= 300:
                self._envelope(request, streaming.read_start()).raise_for_error()
        return streaming.head, _UnreadBody(self, request, streaming)

    def _envelope(self, request: Request, answer: Response) -> Envelope:
        return Envelope(
            request,
            answer,
            portal=self.address.key,
            explain=lambda error: self.add_hint(error, request),
        )

    @contextmanager
    def _adding_context(self, request: Request) -> Iterator[None]:
        """Add the request and a hint to an error that the block raises."""
        try:
            yield
        except OocliError as failure:
            self.add_hint(failure, request)
            raise

    def add_hint(self, error: OocliError, request: Request) -> OocliError:
        """Add the request that an error belongs to, and a hint, to the error. Return the error."""
        error.add_context(
            method=request.method, path=request.target.display_path, portal=self.address.key
        )
        if self._advise is not None:
            self._advise(error, request, self)
        return error

    def close(self) -> None:
        """Close the connection, if it is open."""
        if self._http is not None:
            self._http.close()

    def __enter__(self) -> PortalClient:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _UnreadBody:
    """The unread body of a file. Its errors name the request, like those of `send`."""

    def __init__(
        self, portal: PortalClient, request: Request, streaming: StreamingResponse
    ) -> None:
        self._portal, self._request, self._streaming = portal, request, streaming

    def __iter__(self) -> Iterator[bytes]:
        with self._portal._adding_context(self._request):
            yield from self._streaming.chunks()

    def close(self) -> None:
        """Close the connection of the answer."""
        self._streaming.close()
