"""Lists that are requested page by page: each item once, in order, even if the list changes.

On a plain list `startIndex` advances by the items received, because some lists cap the page size.
In a folder it advances by the page size asked for, because a page may lack hidden entries.
`nextIndex` is not used: that of Workspace is one too high (CommunityServer,
ApiHttpHandlerBase.cs).
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise
from urllib.parse import parse_qsl

from oocli.client.portal import PortalClient
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

# A folder may have empty pages before its end. So many in a row mean that its `total` is wrong.
MAX_EMPTY_PAGES = 1000


class Paginator:
    """The rules of paging, without a portal: `fetch` returns the page at a start index.

    It returns None if the answer is empty. `size` is the page size asked for; `limit` is the
    number of items wanted, None for all.
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
        # What the user should know about the end of the list; None if it is complete.
        self.warning: str | None = None

    def pages(self, first: Page) -> Iterator[Page]:
        """Yield the pages, beginning with `first`, each with only its new items."""
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
            # Each item may come again once, and once more for each item inserted before it. After
            # that the portal repeats itself, whatever total it reports.
            loops = repeated > self.given + self._totals.growth or idle > MAX_EMPTY_PAGES
            if loops or self._is_last(page, start, is_new=not repeated):
                break
            if empty >= MAX_EMPTY_PAGES:
                raise PortalFailed(
                    f"{empty} pages in a row were empty, though the portal reports "
                    f"{page.total} items"
                )
            self._seen.add(page)
            before, page = page, self._fetch(start)
        received = start if first.is_folder else self.given  # folders may have hidden entries
        self.warning = self._totals.warning(received)

    def _is_last(self, page: Page, start: int, *, is_new: bool) -> bool:
        """Whether no page can follow this one; `start` is the index of the next page."""
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
    """The items of the earlier pages, to yield each item once even if items move.

    A key identifies an item: its id, with its version if it has one. If a page holds two items
    with the same key, the keys of that list are not unique, and the texts of the items are
    compared instead. Only hashes of the texts are stored.
    """

    def __init__(self) -> None:
        self._keys: defaultdict[str, set[Key | None]] = defaultdict(set)
        # Hashes of the texts: eight bytes per item until an item comes again.
        self._hashes = array("q")
        self._texts: set[int] | None = None
        self._by_text = False
        # Items with a known key and a new text, which were left out.
        self._doubtful: list[Section] = []

    def new_on(self, page: Page) -> list[Page]:
        """Return the page with the items that no earlier page had.

        If `page` is the first to show that the keys of this list are not unique, a page with the
        items that were left out by mistake comes before it.
        """
        late: list[Page] = []
        if not self._by_text:
            for section in page.sections:
                keys = [key for key in section.keys if key is not None]
                self._by_text = self._by_text or len(set(keys)) < len(keys)
            if self._by_text and self._doubtful:
                late = [Page("", tuple(self._doubtful), None, ())]
        new = page.with_sections(tuple(self._new_in(section) for section in page.sections))
        return [*late, new]

    def add(self, page: Page) -> None:
        """Add all items of a page to the earlier ones."""
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


class Totals:
    """The totals that the pages of a list reported, in order.

    A total of `more`, which is the page size plus one, means "more items follow": Workspace
    reports it if it does not know the total (CommunityServer, ApiSmartListResponceFilter.cs).
    """

    def __init__(self, more: int) -> None:
        self._more = more
        self._reported: list[int] = []

    def add(self, total: int | None) -> None:
        """Add the total of the next page, or None if it reports none."""
        if total is not None:
            self._reported.append(total)

    @property
    def growth(self) -> int:
        """By how many items the list grew since its first page."""
        return max(0, self._reported[-1] - self._reported[0]) if self._reported else 0

    def warning(self, received: int | None) -> str | None:
        """Return what the user should know about the list, or None if it is complete.

        `received` is the number of items up to the end of the list, None if that was not reached.
        """
        if not self._reported:
            return None
        first, last = self._reported[0], self._reported[-1]
        grew = any(before < after for before, after in pairwise(self._reported))
        shrank = any(before > after for before, after in pairwise(self._reported))
        facts = []
        if grew or shrank:
            change = " and ".join(["grew"] * grew + ["shrank"] * shrank)
            facts.append(f"the total {change} (from {first} to {last}) while the list was read")
        is_known = last != self._more or grew or shrank
        is_short = is_known and received is not None and received < last
        if is_short:
            facts.append(f"the list ended after {received} of {last} items")
        if is_short or shrank:
            facts.append("some may be missing, repeat the call")
        return "; ".join(facts) or None


class PagedList:
    """A list of a portal. `open` requests the first page, `pages` yields that and the others.

    `first` is the first page, None if the answer is no list. `failure` is the error of a later
    page, after the pages before it were yielded.
    """

    def __init__(
        self,
        portal: PortalClient,
        request: Request,
        *,
        size: int | None = None,
        limit: int | None = None,
        reporter: ProgressReporter | None = None,
    ) -> None:
        for name, _ in parse_qsl(request.target.query, keep_blank_values=True):
            if name.lower() in ("count", "startindex"):
                raise ReservedParameter(name)
        if limit is not None and limit < 1:
            raise UsageError(f"limit={limit} is not a number of items above 0")
        kind = portal.kind
        if size is not None and size > kind.page_cap:
            raise PageTooLarge(size, kind.page_cap, kind.title)
        whole = size or kind.page_size
        self._size = whole if limit is None else min(whole, limit)
        self._portal, self._request, self._limit = portal, request, limit
        self._reporter = reporter or NullReporter()
        self.first: Page | None = None
        self.failure: OocliError | None = None

    def open(self) -> Envelope:
        """Request the first page and return its envelope, even if the request failed."""
        envelope = self._ask(0)
        self.first = _page(envelope)
        return envelope

    def pages(self) -> Iterator[Page]:
        """Yield each page with its new items."""
        if self.first is None:
            return
        paginator = Paginator(self._fetch, self._size, self._limit)
        try:
            for page in paginator.pages(self.first):
                yield page
                totals = [self._limit, None if page.total == self._size + 1 else page.total]
                total = min((known for known in totals if known is not None), default=None)
                self._reporter.progress(paginator.given, total, "items")
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
        return self._portal.send(self._request._replace(target=target))

    def _fetch(self, start: int) -> Page | None:
        envelope = self._ask(start)
        page = _page(envelope)
        if page is None:
            envelope.raise_for_error()
            if not is_empty_answer(envelope.text):
                raise InvalidResponse("a later page of this list is not a list")
        elif self.first is not None and page.is_folder != self.first.is_folder:
            raise InvalidResponse(
                "a later page of this list is the contents of a folder"
                if page.is_folder
                else "a later page of this folder is a plain list"
            )
        return page


def _cut(page: Page, size: int) -> Page:
    """Return the first items of a page, no more than `size`."""
    sections: list[Section] = []
    for section in page.sections:
        sections.append(section.with_items(range(min(size, len(section.texts)))))
        size -= len(sections[-1].texts)
    return page.with_sections(tuple(sections))


def shown_of(envelope: Envelope, kind: Kind) -> tuple[int, int] | None:
    """Return the number of items in an answer and the total, or None if no items follow."""
    page = _page(envelope) if envelope.request.method == "GET" else None
    if page is None or page.total is None:
        return None
    query = {name.lower(): value for name, value in parse_qsl(envelope.request.target.query)}
    start, size = _number(query.get("startindex"), 0), _number(query.get("count"), kind.page_size)
    # A page of a folder may lack hidden entries, so the next page starts after those asked for.
    is_more = page.total > start + (size if page.is_folder else page.size)
    return (page.size, page.total) if is_more else None


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isdigit() and len(text) < 19 else default


def _page(envelope: Envelope) -> Page | None:
    """Return the page in an answer, or None if the answer is a failure or no list."""
    if not 200 <= envelope.status < 300 or not envelope.is_json or envelope.answer.is_attachment:
        return None
    try:
        return Page.read(envelope.text)
    except InvalidJson:
        return None
