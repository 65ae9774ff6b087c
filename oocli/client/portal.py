"""The client of one portal with one credential: it sends requests and returns envelopes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
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
_Explained = Callable[[], AbstractContextManager[None]]


class PortalClient:
    """Sends requests to one portal with one credential.

    It reads no settings, stored portals or environment: its parameters are all it knows. Nothing is
    sent before the first request, and nothing is printed.

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
        self.limits = limits or RequestLimits()
        self._reporter = reporter or NullReporter()
        self._advise = advise
        self._http: Http | None = None
        # Hosts that links named in place of the portal's; each is named only once.
        self._other_hosts: set[str] = set()

    @property
    def http(self) -> Http:
        """The connection, made at the first request: requests is the slowest import of all.

        This is no cached_property, since up to Python 3.11 that has a lock, which a forked child
        may find taken.
        """
        if self._http is None:
            from oocli.transport.http import Http  # noqa: PLC0415

            self._http = Http(self.address, self.limits, self._connection, reporter=self._reporter)
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
        return Request(method, target, (*headers, *added), body, anonymous=anonymous)

    def send(self, request: Request, *, retries: int | None = None) -> Envelope:
        """Send a request and return the envelope of its answer, whether it succeeded or failed.

        Raises `ConnectionFailed`, `TimeoutExceeded`, `RedirectNotFollowed` or `RateLimited` where
        there is no answer to take.
        """
        with self._explained(request):
            answer = self.http.send(request, self.credential, retries=retries)
        return self._envelope(request, answer)

    def stream(self, request: Request) -> Envelope:
        """Send a request as `send` does, but leave the body of a file to be read by the caller.

        Then `answer.rest` is the whole of it, which the caller reads and closes. The answers of
        the API are read here, unless they are files to be saved.
        """
        with self._explained(request):
            streaming = self.http.open(request, self.credential)
            head = streaming.head
            is_page = request.target.is_api or Envelope(request, head).is_json
            if head.status >= 300:
                return self._envelope(request, streaming.read_start())
            if is_page and not head.is_attachment:
                return self._envelope(request, streaming.read())
        rest = _ExplainedRest(streaming, lambda: self._explained(request))
        return self._envelope(request, head._replace(rest=rest))

    def open_file(self, request: Request) -> tuple[Response, BodyRest]:
        """Send a request for a file; return the head of its answer, and its body to be read.

        Unlike `stream` it takes the content of a file for nothing else, whatever it looks like.
        Raises the error that a failing answer means.
        """
        with self._explained(request):
            streaming = self.http.open(request, self.credential)
            if streaming.head.status >= 300:
                self._envelope(request, streaming.read_start()).raise_for_error()
        return streaming.head, _ExplainedRest(streaming, lambda: self._explained(request))

    def _envelope(self, request: Request, answer: Response) -> Envelope:
        return Envelope(
            request,
            answer,
            portal=self.address.key,
            explain=lambda error: self.add_hint(error, request),
        )

    @contextmanager
    def _explained(self, request: Request) -> Iterator[None]:
        """Add to what is raised in the block which request failed, and what to do next."""
        try:
            yield
        except OocliError as failure:
            self.add_hint(failure, request)
            raise

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


class _ExplainedRest:
    """The body of a file, whose errors are explained as those of its request are."""

    def __init__(self, streaming: StreamingResponse, explained: _Explained) -> None:
        self._streaming = streaming
        self._explained = explained

    def __iter__(self) -> Iterator[bytes]:
        with self._explained():
            yield from self._streaming.chunks()

    def close(self) -> None:
        """Give the connection up."""
        self._streaming.close()
