"""HTTP: send a request, with retries and redirects, and return the answer."""

from __future__ import annotations

import logging
import os
import random
import time
import warnings
from collections.abc import Callable
from http.client import HTTPException
from typing import TypeVar

import requests
from urllib3.exceptions import HTTPError, InsecureRequestWarning

from oocli.model.address import PortalAddress
from oocli.model.errors import (
    ConnectionFailed,
    RedirectNotFollowed,
    Remedy,
    TimeoutExceeded,
    UsageError,
)
from oocli.model.request import Request
from oocli.model.response import Response
from oocli.model.secret import Credential, redact, redact_headers
from oocli.model.times import StillRunning, run_with_timeout
from oocli.model.version import __version__
from oocli.transport import policy
from oocli.transport.connections import Authorization, Connections, close_late_connections
from oocli.transport.errors import translate
from oocli.transport.options import (
    CONNECT_LIMIT,
    ConnectionOptions,
    NullReporter,
    ProgressReporter,
    RequestLimits,
)
from oocli.transport.streaming import StreamingResponse

# INFO logs requests and answers, DEBUG their headers too, TRACE also waits and redirects.
TRACE = 5
# Exceptions other than OSError that urllib3 and http.client raise for an answer of invalid HTTP.
_INVALID_HTTP = (HTTPError, HTTPException, ValueError, ArithmeticError)
log = logging.getLogger("oocli")
_T = TypeVar("_T")
# A forked child keeps a reference to its parent's connections, so that it never finalizes them.
_INHERITED: list[Connections] = []


class Http:
    """A client for one portal, with its connections, limits, retries and redirects.

    `clock`, `sleep` and `jitter` are parameters so that tests do not have to wait.
    """

    def __init__(
        self,
        address: PortalAddress,
        limits: RequestLimits | None = None,
        connection: ConnectionOptions | None = None,
        *,
        reporter: ProgressReporter | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self.address = address
        self.limits = limits or RequestLimits()
        self._connection = connection or ConnectionOptions()
        self._reporter = reporter or NullReporter()
        self._clock, self._sleep, self._jitter = clock, sleep, jitter
        # When `max_time` is over, as a time of `clock`; None for no limit.
        self.deadline = None if self.limits.max_time is None else clock() + self.limits.max_time
        self.is_out_of_time = False  # set when a step is abandoned at the deadline
        self._clock_offset: float | None = None
        # When the portal asks one thread to wait, all threads wait until this time.
        self._paused_until = clock()
        self._adapter = Connections(self._connection.max_connections)
        if self._connection.verify is False:
            # The command has already printed its own warning.
            warnings.simplefilter("ignore", InsecureRequestWarning)

    def send(
        self, request: Request, credential: Credential | None = None, *, retries: int | None = None
    ) -> Response:
        """Send a request, retry it where the policy allows, and return the whole answer.

        A large answer with an error status holds only the first bytes, and `rest` yields the
        others. Raises `ConnectionFailed`, `TimeoutExceeded`, `RedirectNotFollowed` or
        `RateLimited`. Any other status is returned for the caller to check.
        """
        return self._send_with_retries(request, credential, retries, whole=True).head

    def open(self, request: Request, credential: Credential | None = None) -> StreamingResponse:
        """Send a request and return the answer after its headers, with the body still to read."""
        return self._send_with_retries(request, credential, None, whole=False)

    @property
    def clock_offset(self) -> float:
        """The portal's clock minus this machine's, in seconds; 0 before the first answer."""
        return self._clock_offset or 0.0

    def pause_after(self, failure: ConnectionFailed, attempt: int, request: Request) -> None:
        """Wait before a download continues after its connection failed for the `attempt`th time."""
        wait = policy.retry_delay(attempt, {}, time.time(), self._jitter())
        self._pause(wait, failure.why, request, retry=(attempt, self.limits.retries))

    def close(self) -> None:
        """Close every connection."""
        self._connections().close()

    def _connections(self) -> Connections:
        """Return the connections of this process, new ones in a forked child.

        Two processes that share a connection would read each other's answers. The parent's
        connections are not closed: a thread that the child lacks may hold one of their locks.
        """
        if self._adapter.pid != os.getpid():
            _INHERITED.append(self._adapter)
            self._adapter = Connections(self._adapter.connections)
        return self._adapter

    def run_until_deadline(self, work: Callable[[], _T]) -> _T:
        """Run a blocking step until the deadline at most, and translate its exceptions."""
        if self.deadline is None:
            return self._translating(work)
        try:
            return run_with_timeout(
                lambda: self._translating(work), self.deadline - self._clock(), discard=_close
            )
        except StillRunning:
            self.is_out_of_time = True
            raise self._out_of_time(was_sent=True) from None

    def _send_with_retries(
        self, request: Request, credential: Credential | None, retries: int | None, *, whole: bool
    ) -> StreamingResponse:
        """Send a request until the answer is not to be retried, at most `retries` times again.

        With `whole` the body of a successful answer is read as well, so that a connection that
        fails in the middle of it is retried too.
        """
        retries = self.limits.retries if retries is None else retries
        self._join_pause(request)
        for attempt in range(1, retries + 2):
            wait = policy.retry_delay(attempt, {}, time.time(), self._jitter())
            try:
                streaming = self._send_following_redirects(request, credential)
                head = streaming.head
                # A page may come from a starting portal, which only its text can tell.
                if head.status >= 300 or (head.status == 200 and head.content_type == "text/html"):
                    head = streaming.read_start()
                if whole and head.status < 300:
                    head = streaming.read()
            except ConnectionFailed as failure:
                if attempt > retries or not policy.may_retry_error(request, failure):
                    failure.attempts = attempt
                    raise
                why = failure.why
            else:
                wait = policy.retry_delay(attempt, head.headers, time.time(), self._jitter())
                if policy.pauses_all(head, wait):
                    self._paused_until = max(self._paused_until, self._clock() + wait)
                may_retry = policy.may_retry_response(request, head)
                # Even where a request is not retried, the error tells how long the limit holds.
                if wait > policy.MAX_WAIT and (may_retry or head.status == 429):
                    raise policy.wait_too_long(wait, head)
                if attempt > retries or not may_retry:
                    streaming.head = streaming.head._replace(attempts=attempt)
                    return streaming
                streaming.close()
                is_starting = policy.is_warming_up(head)
                status = f"{head.status} {head.reason}".strip()
                why = "the portal is starting" if is_starting else status
            self._pause(wait, why, request, retry=(attempt, retries))
        raise AssertionError("the loop returns or raises in its last turn")

    def _join_pause(self, request: Request) -> None:
        """Wait until the pause is over that the portal asked another thread for."""
        wait = self._paused_until - self._clock()
        if wait > 0:
            self._pause(wait, "the portal asked other calls to wait", request)

    def _pause(
        self, wait: float, why: str, request: Request, *, retry: tuple[int, int] | None = None
    ) -> None:
        """Wait for `wait` seconds. `retry` is the number of the retry that follows, and of all."""
        if self.deadline is not None and self._clock() + wait > self.deadline:
            raise self._out_of_time(was_sent=False)
        log.log(TRACE, "%s is sent in %.1f s: %s", request.line, wait, why)
        if retry is None:
            self._reporter.waiting(wait, why)
        else:
            self._reporter.retrying(wait, why, *retry)
        self._sleep(wait)

    def _send_following_redirects(
        self, request: Request, credential: Credential | None
    ) -> StreamingResponse:
        """Send a request, then follow the redirects that are safe to follow."""
        url, redirects, trusted = request.target.url(self.address), 0, True
        while True:
            streaming = self._send_to(
                url, request, credential if trusted else None, trusted=trusted
            )
            to_files = not request.target.is_api
            try:
                redirect = policy.next_redirect(
                    request, streaming.head, self.address, redirects, to_files=to_files
                )
            except RedirectNotFollowed as failure:
                failure.answer = streaming.read_start()
                raise
            if redirect is None:
                return streaming
            streaming.close()
            # After a redirect to another server the credential stays away for good, even if the
            # next redirect leads back to the portal.
            url, trusted = redirect.url, trusted and redirect.same_server
            redirects += 1
            log.log(TRACE, "redirect %d: %s", redirects, redact(url))

    def _send_to(
        self, url: str, request: Request, credential: Credential | None, *, trusted: bool
    ) -> StreamingResponse:
        """Send a request once. `trusted` says that the URL may get the user's headers and body."""
        if request.body is not None and not isinstance(request.body, bytes):
            request.body.rewind()  # an earlier attempt or redirect may have read it
        prepared = self._prepare(url, request, credential, trusted=trusted)
        if log.isEnabledFor(logging.INFO):
            log.info("> %s %s", request.method, redact(str(prepared.url)))
        _log_headers(">", list(prepared.headers.items()))
        if self._is_late():
            raise self._out_of_time(was_sent=False)
        start = self._clock()
        response = self.run_until_deadline(lambda: self._send_prepared(prepared, url))
        head = Response(
            status=response.status_code,
            reason=response.reason or "",
            # urllib3 keeps repeated headers apart, the mapping of requests does not.
            header_list=tuple((str(k), str(v)) for k, v in response.raw.headers.items()),
            raw=b"",
            url=url,
            elapsed=self._clock() - start,
        )
        if trusted and self._clock_offset is None:
            self._clock_offset = policy.clock_offset(head, time.time())
        log.info("< %d %s, %.0f ms", head.status, head.reason, head.elapsed * 1000)
        _log_headers("<", list(head.header_list))
        return StreamingResponse(head, response, self)

    def _send_prepared(self, prepared: requests.PreparedRequest, url: str) -> requests.Response:
        verify, cert = self._connection.verify, self._connection.client_cert
        proxy = policy.proxy_for(url, self._connection)
        proxies = {} if proxy is None else {"all": proxy.url}
        connections = self._connections()
        if self.deadline is not None:
            close_late_connections(
                connections.get_connection_with_tls_context(prepared, verify, proxies, cert),
                self._is_late,
            )
        return connections.send(
            prepared,
            stream=True,
            timeout=(CONNECT_LIMIT, self.limits.timeout),
            verify=verify,
            cert=cert,
            proxies=proxies,
        )

    def _is_late(self) -> bool:
        return self.deadline is not None and self._clock() >= self.deadline

    def _prepare(
        self, url: str, request: Request, credential: Credential | None, *, trusted: bool
    ) -> requests.PreparedRequest:
        headers = {
            "User-Agent": f"oocli/{__version__}",
            "Accept-Encoding": "gzip, deflate",
            "Accept": "application/json" if request.target.is_api else "*/*",
        }
        if request.from_byte is not None:
            headers["Accept-Encoding"] = "identity"
            if request.from_byte:
                headers["Range"] = f"bytes={request.from_byte}-"
        if trusted:  # the user's own headers may hold secrets
            for name, value in request.headers:
                if not (name + value).isascii():  # servers decode other characters differently
                    raise UsageError(f"header {name}: it holds characters that are not ASCII")
            headers.update(request.headers)
        if request.with_cookie and credential is not None:
            headers["Cookie"] = f"asc_auth_key={credential.secret.reveal()}"
        without_header = request.anonymous or request.with_cookie
        auth = Authorization(None if without_header else credential)
        prepared = requests.PreparedRequest()
        try:
            prepared.prepare_method(request.method)
            if url == request.target.url(self.address):
                prepared.url = url  # built by oocli, so it is escaped already
            else:
                prepared.prepare_url(url, None)
            prepared.prepare_headers(headers)
            prepared.prepare_body(request.body if trusted else None, None)
            prepared.prepare_auth(auth, url)
        except (requests.RequestException, UnicodeError) as failure:
            raise UsageError(f"the request cannot be sent: {failure}") from failure
        return prepared

    def _translating(self, work: Callable[[], _T]) -> _T:
        try:
            return work()
        except (OSError, *_INVALID_HTTP) as failure:
            raise translate(failure, timeout=self.limits.timeout) from failure

    def _out_of_time(self, *, was_sent: bool) -> TimeoutExceeded:
        error = TimeoutExceeded(
            f"not done within {self.limits.max_time:g} s", remedy=Remedy.MAX_TIME
        )
        error.was_sent = was_sent
        error.of_whole_call = True
        return error


def _close(result: object) -> None:
    """Close an answer that came after the deadline."""
    if hasattr(result, "close"):
        result.close()


def _log_headers(mark: str, headers: list[tuple[str, str]]) -> None:
    if log.isEnabledFor(logging.DEBUG):
        for name, value in redact_headers(headers):
            log.debug("%s %s: %s", mark, name, value)
