"""Lists asked page by page: every item once, in order, whatever the portal does.

Plain lists step `startIndex` by the items received, since some cap lower than asked. Folder answers
step by the page size asked for, since entries may be hidden after the page was cut. `nextIndex` is
never used: Workspace's is one too high (CommunityServer, ApiHttpHandlerBase.cs).
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Protocol
from urllib.parse import parse_qsl

from oocli.model.address import PortalAddress
from oocli.model.envelope import Envelope
from oocli.model.errors import (
    InvalidResponse,
    OocliError,
    PageTooLarge,
    PortalFailed,
    ReservedParameter,
    UsageError,
)
from oocli.model.json_text import InvalidJson
from oocli.model.kinds import Kind
from oocli.model.page import Key, Page, Section, is_empty_answer
from oocli.model.request import Request
from oocli.transport.options import NullReporter, ProgressReporter

# A folder's empty page may stand in the middle, but so many in a row mean a `total` that is a lie.
MAX_EMPTY_PAGES = 1000


class Sender(Protocol):
    """What a list needs of a portal client."""

    address: PortalAddress
    kind: Kind

    def send(self, request: Request) -> Envelope:
        """Send a request and return its envelope, failed or not."""


class Paginator:
    """The rules of paging, without a portal: `fetch` gives the page at a start index.

    A page is None where the portal answered "nothing". `size` is the page size asked for; `limit`
    the number of items wanted, None for all.
    """

    def __init__(
        self, fetch: Callable[[int], Page | None], size: int, limit: int | None = None
    ) -> None:
        self._fetch = fetch
        self._size = size
        self._limit = limit
        self._seen = SeenItems()
        self._totals = Totals(more=size + 1)
        self.given = 0
        # What a user should know of how the list ended; None where all is well.
        self.warning: str | None = None

    def pages(self, first: Page) -> Iterator[Page]:
        """Yield the pages, `first` among them, each with only the items that are new."""
        page: Page | None = first
        before: Page | None = None
        start = empty = repeated = idle = 0
        while page is not None:
            given = self.given
            for part in self._new_parts(page, before):
                self.given += part.size
                yield part
            start += self._size if page.is_folder else page.size
            self._totals.add(page.total)
            if self.given == self._limit:
                self.warning = self._totals.warning(None)
                return
            empty = 0 if page.size else empty + 1
            repeated = 0 if self.given > given else repeated + page.size
            idle = 0 if self.given > given else idle + 1
            # Each item may come again once, and once more for each that was inserted before it.
            # Beyond that the portal repeats itself, whatever total it claims.
            loops = repeated > self.given + self._totals.growth or idle > MAX_EMPTY_PAGES
            if loops or self._is_last(page, start, is_new=not repeated):
                break
            if empty >= MAX_EMPTY_PAGES:
                raise PortalFailed(
                    f"{empty} empty pages in a row, though {page.total} items were promised"
                )
            self._seen.add(page)
            before, page = page, self._fetch(start)
        came = start if first.is_folder else self.given  # some entries of a folder are hidden
        self.warning = self._totals.warning(came)

    def _is_last(self, page: Page, start: int, *, is_new: bool) -> bool:
        """Whether nothing can follow this page; `start` is where the next one would start."""
        if page.is_folder:
            return start >= (page.total or 0)
        if not page.size:
            return True
        says_more = page.total == self._size + 1  # see Totals
        if is_new:
            return start == page.total == self.given and not says_more
        return not says_more and self.given >= (page.total or 0)

    def _new_parts(self, page: Page, before: Page | None) -> Iterator[Page]:
        """Yield the items of a page that no earlier page had, as many as are still wanted."""
        if before is not None and page.size and before.has_same_items(page):
            yield _cut(page, 0)
            return
        for part in self._seen.new_on(page):
            yield part if self._limit is None else _cut(part, self._limit - self.given)


class SeenItems:
    """The items of the pages that came so far, so that each is given once though items shift.

    An item is known by its key: its id, and its version where it has one. If one page holds two
    items of one key, keys do not tell the items of that list apart, and whole texts are compared.
    Of the texts only hashes are kept.
    """

    def __init__(self) -> None:
        self._keys: defaultdict[str, set[Key | None]] = defaultdict(set)
        # Hashes of the texts: eight bytes for each item until the first one comes again.
        self._hashes = array("q")
        self._texts: set[int] | None = None
        self._by_text = False
        # Left out because of their keys, though their texts had not come.
        self._doubtful: list[Section] = []

    def new_on(self, page: Page) -> list[Page]:
        """Return the page with the items that no earlier page had.

        Before it comes a page with the items that were left out by mistake, if `page` is the first
        to show that keys do not tell the items of this list apart.
        """
        late: list[Page] = []
        if not self._by_text and any(_has_key_twice(section) for section in page.sections):
            self._by_text = True
            if self._doubtful:
                late = [Page("", tuple(self._doubtful), None, ())]
                self._doubtful = []
        return [
            *late,
            page.with_sections(tuple(self._new_in(section) for section in page.sections)),
        ]

    def add(self, page: Page) -> None:
        """Take a page, as it came, among the earlier ones."""
        for section in page.sections:
            self._keys[section.name].update(section.keys)
            hashes = map(hash, section.texts)
            if self._texts is None:
                self._hashes.extend(hashes)
            else:
                self._texts.update(hashes)

    def _new_in(self, section: Section) -> Section:
        known = self._keys[section.name]
        if known.isdisjoint(section.keys):
            return section
        if self._texts is None:
            self._texts = set(self._hashes)
            self._hashes = array("q")
        new: list[int] = []
        doubtful: list[int] = []
        for at, (key, text) in enumerate(zip(section.keys, section.texts, strict=True)):
            if key is None or key not in known:
                new.append(at)
            elif hash(text) not in self._texts:
                (new if self._by_text else doubtful).append(at)
        if doubtful:
            self._doubtful.append(section.with_items(doubtful))
        return section.with_items(new)


def _has_key_twice(section: Section) -> bool:
    with_key = len(section.keys) - section.keys.count(None)
    return len(set(section.keys) - {None}) < with_key


class Totals:
    """What the pages of a list named as its total, one after the other.

    `more` is one more than was asked for: Workspace says "more" so where it knows no total
    (CommunityServer, ApiSmartListResponceFilter.cs). A list that never says anything else has none.
    """

    def __init__(self, more: int) -> None:
        self._more = more
        self._first: int | None = None
        self._last: int | None = None
        self._grew = self._shrank = False

    def add(self, total: int | None) -> None:
        """Take what the next page says; None where it says nothing."""
        if total is None:
            return
        if self._first is None or self._last is None:
            self._first = self._last = total
        self._grew = self._grew or total > self._last
        self._shrank = self._shrank or total < self._last
        self._last = total

    @property
    def growth(self) -> int:
        """By how many items the list grew since its first page."""
        return max(0, (self._last or 0) - (self._first or 0))

    def warning(self, came: int | None) -> str | None:
        """Return what a user should know of a list, None where all is well.

        `came` is the number of items up to the end of the list, None where it was not read so far.
        """
        names = ["grew"] * self._grew + ["shrank"] * self._shrank
        said = []
        if names:
            change = f"{' and '.join(names)} (from {self._first} to {self._last})"
            said.append(f"the total {change} while the list was read")
        known = None if self._last == self._more and not names else self._last
        is_short = came is not None and known is not None and came < known
        if is_short:
            said.append(f"the list ended after {came} of {known} items")
        if is_short or self._shrank:
            said.append("some may be missing, repeat the call")
        return "; ".join(said) or None


class PagedList:
    """A list of a portal. `open()` asks for its first page, `pages()` gives that and the others.

    `failure` is why a later page did not come; what came before it has been given by then.
    """

    def __init__(
        self,
        portal: Sender,
        request: Request,
        *,
        size: int | None = None,
        limit: int | None = None,
        reporter: ProgressReporter | None = None,
    ) -> None:
        _check(request, portal.kind, size, limit)
        whole = size or portal.kind.page_size
        self._size = whole if limit is None else min(whole, limit)
        self._portal, self._request, self._limit = portal, request, limit
        self._reporter = reporter or NullReporter()
        self._first: Page | None = None
        self.failure: OocliError | None = None

    def open(self) -> Envelope:
        """Ask for the first page and return its envelope, whether it succeeded or failed."""
        envelope = self._ask(0)
        self._first = _page(envelope)
        return envelope

    @property
    def first(self) -> Page | None:
        """The first page; None where the answer is no list."""
        return self._first

    def pages(self) -> Iterator[Page]:
        """Yield each page with the items that are new on it."""
        if self._first is None:
            return
        paginator = Paginator(self._fetch, self._size, self._limit)
        try:
            for page in paginator.pages(self._first):
                yield page
                self._reporter.progress(paginator.given, self._expected(page), "items")
        except OocliError as failure:
            self.failure = failure.add_context(
                method=self._request.method,
                path=self._request.target.display_path,
                portal=self._portal.address.key,
            )
        if paginator.warning is not None:
            where = f"{self._request.line} on {self._portal.address.key}"
            self._reporter.note(f"note: {where}: {paginator.warning}")

    def _ask(self, start: int) -> Envelope:
        pairs = [("count", str(self._size)), *([("startIndex", str(start))] if start else [])]
        target = self._request.target.with_query(pairs)
        request = Request(self._request.method, target, self._request.headers, self._request.body)
        return self._portal.send(request)

    def _fetch(self, start: int) -> Page | None:
        envelope = self._ask(start)
        page = _page(envelope)
        if page is None:
            envelope.raise_for_error()
            if not is_empty_answer(envelope.text):
                raise InvalidResponse("a later page of this list is no list")
        elif self._first is not None and page.is_folder != self._first.is_folder:
            raise InvalidResponse(
                "a later page of this list is the contents of a folder"
                if page.is_folder
                else "a later page of this folder is a plain list"
            )
        return page

    def _expected(self, page: Page) -> int | None:
        known = page.total if page.total != self._size + 1 else None
        wanted = [number for number in (known, self._limit) if number is not None]
        return min(wanted) if wanted else None


def _cut(page: Page, size: int) -> Page:
    """Return the first items of a page, no more than `size`."""
    sections: list[Section] = []
    for section in page.sections:
        sections.append(section.with_items(range(min(size, len(section.texts)))))
        size -= len(sections[-1].texts)
    return page.with_sections(tuple(sections))


def shown_of(envelope: Envelope, kind: Kind) -> tuple[int, int] | None:
    """Return the items in an answer and the `total` of their list; None where it ends with them."""
    page = _page(envelope) if envelope.request.method == "GET" else None
    if page is None or page.total is None:
        return None
    query = {name.lower(): value for name, value in parse_qsl(envelope.request.target.query)}
    start, size = _number(query.get("startindex"), 0), _number(query.get("count"), kind.page_size)
    # A folder's page may be short because entries are hidden, so what was asked for counts.
    is_more = page.total > start + (size if page.is_folder else page.size)
    return (page.size, page.total) if is_more else None


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isdigit() and len(text) < 19 else default


def _page(envelope: Envelope) -> Page | None:
    """Return the page in an answer; None for a failure and for what is no list."""
    if not 200 <= envelope.status < 300 or not envelope.is_json or envelope.answer.is_attachment:
        return None
    try:
        return Page.read(envelope.text)
    except InvalidJson:
        return None


def _check(request: Request, kind: Kind, size: int | None, limit: int | None) -> None:
    """Raise `UsageError` for what paging cannot go with."""
    for name, _ in parse_qsl(request.target.query, keep_blank_values=True):
        if name.lower() in ("count", "startindex"):
            raise ReservedParameter(name)
    if limit is not None and limit < 1:
        raise UsageError(f"limit={limit} is not a number of items above 0")
    if size is not None and size > kind.page_cap:
        raise PageTooLarge(size, kind.page_cap, kind.title)
