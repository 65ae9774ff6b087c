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
from oocli.transport.connections import Authorization, Connections, connect_in_time
from oocli.transport.errors import translate
from oocli.transport.options import (
    CONNECT_LIMIT,
    ConnectionOptions,
    NullReporter,
    ProgressReporter,
    RequestLimits,
)
from oocli.transport.streaming import StreamingResponse

# Below DEBUG: waits and redirects. INFO logs requests, DEBUG their headers too.
TRACE = 5
# What the libraries raise on an answer that is no valid HTTP, besides their own exceptions.
_INVALID_HTTP = (HTTPError, HTTPException, ValueError, ArithmeticError)
log = logging.getLogger("oocli")
_T = TypeVar("_T")
# Kept until the end, so that nothing in a child cleans up what belongs to its parent.
_OF_PARENT: list[Connections] = []


class Http:
    """One session with one portal: connections, certificates, proxies, limits and retries.

    `clock`, `sleep` and `jitter` are parameters so that tests need not wait.
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
        self._end = None if self.limits.max_time is None else clock() + self.limits.max_time
        self.is_out_of_time = False  # set once a step was left behind
        self._clock_offset: float | None = None
        # Until when the portal wants no requests; a limit that one thread meets holds for all.
        self._held_until = clock()
        self._adapter = Connections(self._connection.max_connections)
        if self._connection.verify is False:
            # The command has already warned about it, in one line.
            warnings.simplefilter("ignore", InsecureRequestWarning)

    def send(
        self, request: Request, credential: Credential | None = None, *, retries: int | None = None
    ) -> Response:
        """Return the whole answer, after the retries that the policy allows.

        Of a failing one that is large it holds the start, and the `rest` to read. Raises
        `ConnectionFailed`, `TimeoutExceeded`, `RedirectNotFollowed` or `RateLimited`; any other
        status is an answer, which the caller judges.
        """
        return self._send_with_retries(request, credential, retries, whole=True).head

    def open(self, request: Request, credential: Credential | None = None) -> StreamingResponse:
        """Return the answer as soon as its headers are there, for a body of any size."""
        return self._send_with_retries(request, credential, None, whole=False)

    @property
    def end(self) -> float | None:
        """When the time of the whole call is over, on the monotonic clock; None for never."""
        return self._end

    @property
    def clock_offset(self) -> float:
        """The portal's clock minus ours, in seconds, as its first answer told; 0 before that."""
        return self._clock_offset or 0.0

    def pause_after(self, failure: ConnectionFailed, attempt: int, request: Request) -> None:
        """Wait before a file is read on, after the `attempt`th connection to it that broke off."""
        wait = policy.retry_delay(attempt, {}, time.time(), self._jitter())
        self._pause(wait, failure.why, request, retry=(attempt, self.limits.retries))

    def close(self) -> None:
        """Close every connection."""
        self._connections().close()

    def _connections(self) -> Connections:
        """Return the connections of this process: a forked child must not use its parent's.

        Two processes that read from one connection take each other's answers. The parent's are
        only put aside: a lock of theirs may have been held by a thread that the child lacks.
        """
        if self._adapter.pid != os.getpid():
            _OF_PARENT.append(self._adapter)
            self._adapter = Connections(self._adapter.connections)
        return self._adapter

    def bounded(self, work: Callable[[], _T]) -> _T:
        """Run one blocking step, no longer than the whole call has left; translate its failure."""
        if self._end is None:
            return self._explained(work)
        try:
            return run_with_timeout(
                lambda: self._explained(work), self._end - self._clock(), discard=_close
            )
        except StillRunning:
            self.is_out_of_time = True
            raise self._out_of_time(was_sent=True) from None

    def _send_with_retries(
        self, request: Request, credential: Credential | None, retries: int | None, *, whole: bool
    ) -> StreamingResponse:
        """Ask until there is an answer to keep, with at most `retries` further attempts.

        `whole` reads the body of a success inside the attempt, so that half an answer is asked for
        again.
        """
        retries = self.limits.retries if retries is None else retries
        self._pause_if_held(request)
        for attempt in range(1, retries + 2):
            wait = policy.retry_delay(attempt, {}, time.time(), self._jitter())
            try:
                streaming = self._follow(request, credential)
                head = streaming.head
                # A page may be that of a portal that is starting: only its text tells.
                if head.status >= 300 or (head.status == 200 and head.content_type == "text/html"):
                    head = streaming.start()
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
                    self._held_until = max(self._held_until, self._clock() + wait)
                again = policy.may_retry_response(request, head)
                # The error of a request that is not retried says, too, how long the limit holds.
                if wait > policy.MAX_WAIT and (again or head.status == 429):
                    raise policy.wait_too_long(wait, head)
                if attempt > retries or not again:
                    streaming.head = streaming.head._replace(attempts=attempt)
                    return streaming
                streaming.close()
                starting = policy.is_warming_up(head)
                why = (
                    "the portal is starting" if starting else f"{head.status} {head.reason}".strip()
                )
            self._pause(wait, why, request, retry=(attempt, retries))
        raise AssertionError("the loop returns or raises in its last turn")

    def _pause_if_held(self, request: Request) -> None:
        wait = self._held_until - self._clock()
        if wait > 0:
            self._pause(wait, "the portal asked other calls to wait", request)

    def _pause(
        self, wait: float, why: str, request: Request, *, retry: tuple[int, int] | None = None
    ) -> None:
        """Wait, and report it: as a retry, so many of so many, or as a wait alone."""
        if self._end is not None and self._clock() + wait > self._end:
            raise self._out_of_time(was_sent=False)
        log.log(TRACE, "%s is asked in %.1f s: %s", request.line, wait, why)
        if retry is None:
            self._reporter.waiting(wait, why)
        else:
            self._reporter.retrying(wait, why, *retry)
        self._sleep(wait)

    def _follow(self, request: Request, credential: Credential | None) -> StreamingResponse:
        """Send the request and follow the redirects that are safe to follow."""
        url, redirects, trusted = request.target.url(self.address), 0, True
        while True:
            streaming = self._ask(request, credential if trusted else None, url, trusted=trusted)
            to_files = not request.target.is_api
            try:
                redirect = policy.follow(
                    request, streaming.head, self.address, redirects, to_files=to_files
                )
            except RedirectNotFollowed as failure:
                failure.answer = streaming.start()
                raise
            if redirect is None:
                return streaming
            streaming.close()
            # After another server no credential is sent, even if the next redirect leads back.
            url, trusted = redirect.url, trusted and redirect.same_server
            redirects += 1
            log.log(TRACE, "redirect %d: %s", redirects, redact(url))

    def _ask(
        self, request: Request, credential: Credential | None, url: str, *, trusted: bool
    ) -> StreamingResponse:
        if request.body is not None and not isinstance(request.body, bytes):
            request.body.rewind()  # it is sent again after a failure or a redirect
        prepared = self._prepare(request, credential, url, trusted=trusted)
        if log.isEnabledFor(logging.INFO):
            log.info("> %s %s", request.method, redact(str(prepared.url)))
        _log_headers(">", list(prepared.headers.items()))
        if self._is_late():
            raise self._out_of_time(was_sent=False)
        start = self._clock()
        response = self.bounded(lambda: self._exchange(prepared, url))
        head = Response(
            status=response.status_code,
            reason=response.reason or "",
            # The list of urllib3 keeps repeated headers apart; the mapping of requests does not.
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

    def _exchange(self, prepared: requests.PreparedRequest, url: str) -> requests.Response:
        verify, cert = self._connection.verify, self._connection.client_cert
        proxy = policy.proxy_for(url, self._connection)
        proxies = {} if proxy is None else {"all": proxy.url}
        connections = self._connections()
        if self._end is not None:
            connect_in_time(
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
        return self._end is not None and self._clock() >= self._end

    def _prepare(
        self, request: Request, credential: Credential | None, url: str, *, trusted: bool
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
        if trusted:  # The user's own headers may hold secrets as well.
            for name, value in request.headers:
                if not (name + value).isascii():  # HTTP has no agreed spelling of anything else
                    raise UsageError(f"header {name}: it holds characters that are not ASCII")
            headers.update(request.headers)
        if request.with_cookie and credential is not None:
            headers["Cookie"] = f"asc_auth_key={credential.secret.reveal()}"
        bare = request.anonymous or request.with_cookie
        auth = Authorization(None if bare else credential)
        prepared = requests.PreparedRequest()
        try:
            prepared.prepare_method(request.method)
            if url == request.target.url(self.address):
                prepared.url = url  # of our own making: nothing in it is to be escaped
            else:
                prepared.prepare_url(url, None)
            prepared.prepare_headers(headers)
            prepared.prepare_body(request.body if trusted else None, None)
            prepared.prepare_auth(auth, url)
        except (requests.RequestException, UnicodeError) as failure:
            raise UsageError(f"the request cannot be sent: {failure}") from failure
        return prepared

    def _explained(self, work: Callable[[], _T]) -> _T:
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


def _close(late: object) -> None:
    """Close an answer that came too late for anybody to take."""
    if hasattr(late, "close"):
        late.close()


def _log_headers(mark: str, headers: list[tuple[str, str]]) -> None:
    if log.isEnabledFor(logging.DEBUG):
        for name, value in redact_headers(headers):
            log.debug("%s %s: %s", mark, name, value)
