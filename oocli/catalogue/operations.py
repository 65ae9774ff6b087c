"""The operations that portals have, read from the two files beside this module.

Each line of `workspace.jsonl` and `docspace.jsonl` is one operation as a JSON object: names, types
and marks from the OpenAPI files of the vendor, without any of their sentences. CONTRIBUTING says
how to make the files again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property
from pkgutil import get_data
from typing import Any, Literal, NamedTuple

from oocli.model.kinds import kind_named

API = "/api/2.0/"
# The cookie of the web pages, which oocli never sends (see `Operation.needs_cookie`).
_COOKIE = ["asc_auth_key"]
# Every list of Workspace takes these, though its OpenAPI file names them nowhere
# (CommunityServer, module/ASC.Api/ASC.Api/Impl/ApiContext.cs).
LIST_PARAMETERS = (
    "count", "startIndex", "sortBy", "sortOrder", "filterBy", "filterOp", "filterValue", "fields",
)  # fmt: skip
KindName = Literal["workspace", "docspace"]
KIND_NAMES: tuple[KindName, ...] = ("workspace", "docspace")


_TEXTS = frozenset(("string", "uuid", "date-time", "binary"))


class Parameter(NamedTuple):
    """A value that an operation takes.

    `place` is `path`, `query` or `body`. `type` may be two joined by a bar, as `integer|string`;
    `items` is the type of the members of an array. `choices` are the names that are allowed, or
    numbers, `numbers` the number of each name: portals take either. Of Workspace, nothing but the
    path is marked `required`, and an array may really be a single value.
    """

    name: str
    place: Literal["path", "query", "body"]
    type: str = "any"
    required: bool = False
    format: str | None = None
    items: str | None = None
    choices: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    default: object = None
    minimum: float | None = None
    maximum: float | None = None
    pattern: str | None = None

    @classmethod
    def of(cls, facts: Mapping[str, Any], place: Literal["path", "query", "body"]) -> Parameter:
        """Return the parameter that an entry of the catalogue describes."""
        return cls(
            name=facts["name"],
            place=place,
            type=facts["type"],
            required=facts.get("required", False),
            format=facts.get("format"),
            items=facts.get("items_format") or facts.get("items"),
            choices=tuple(map(str, facts.get("enum", ()))),
            numbers=tuple(facts.get("values", ())),
            default=facts.get("default"),
            minimum=facts.get("min"),
            maximum=facts.get("max"),
            pattern=facts.get("pattern"),
        )

    @property
    def is_text(self) -> bool:
        """Whether its value is sent as a text, even one that looks like a number."""
        return self.type == "string" or (self.type == "array" and self.items in _TEXTS)

    @property
    def is_file(self) -> bool:
        """Whether it takes the content of a file."""
        return "binary" in (self.format, self.items)


class Operation:
    """One operation of one kind of portal: a method, a path and what they take."""

    def __init__(self, kind: KindName, line: str) -> None:
        self._kind = kind
        self._line = line
        # Every line begins with these two, so the others need not be parsed to find one.
        _, _, _, self._method, _, _, _, self._path, _ = line.split('"', 8)

    @cached_property
    def _facts(self) -> dict[str, Any]:
        return dict(json.loads(self._line))

    def __repr__(self) -> str:
        return f"<Operation {self.kind}: {self.method} {self.short_path}>"

    @property
    def kind(self) -> KindName:
        """The kind of portal that has it."""
        return self._kind

    @property
    def method(self) -> str:
        """The method, in upper case."""
        return self._method

    @property
    def path(self) -> str:
        """The path with /api/2.0; placeholders are written {name}."""
        return self._path

    @property
    def short_path(self) -> str:
        """The path as `call` takes it: without /api/2.0/ where it lies below that."""
        return self.path.removeprefix(API)

    @property
    def segments(self) -> list[str]:
        """The parts of the path below /api/2.0."""
        return self.short_path.strip("/").split("/")

    @property
    def id(self) -> str | None:
        """The vendor's name for the operation; Workspace has none."""
        found: str | None = self._facts.get("id")
        return found

    @property
    def tag(self) -> str:
        """The group and the section under which the vendor lists it."""
        return str(self._facts["tag"])

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """What it takes: the path, the query, then the top level of the body."""
        asked = [Parameter.of(facts, facts["in"]) for facts in self._facts.get("params", ())]
        fields = self._facts.get("body", {}).get("fields", ())
        return (*asked, *(Parameter.of(facts, "body") for facts in fields))

    @property
    def inner_names(self) -> Iterator[tuple[str, Sequence[object]]]:
        """Each name that is not part of the path, with its choices."""
        for entry in (
            *self._facts.get("params", ()),
            *self._facts.get("body", {}).get("fields", ()),
        ):
            if entry.get("in") != "path":
                yield entry["name"], entry.get("enum", ())

    @property
    def body_types(self) -> tuple[str, ...]:
        """The media types of the body; empty where nothing is sent.

        What takes a file is sent as multipart/form-data, whatever the vendor's file says.
        """
        if self.is_upload:
            return ("multipart/form-data",)
        return tuple(self._facts.get("body", {}).get("types", ()))

    @property
    def body_item(self) -> str | None:
        """The type of the members of a body that is a list; None for all others."""
        found: str | None = self._facts.get("body", {}).get("item")
        return found

    @property
    def answers_list(self) -> bool:
        """Whether a list is answered."""
        return '"kind":"list"' in self._line.rpartition('"response"')[2]

    @property
    def answer(self) -> str:
        """What `response` holds: `object`, `list`, `scalar`, `any` or `none`."""
        return str(self._facts["response"]["kind"])

    @property
    def answer_type(self) -> str | None:
        """The vendor's name for what is answered, of a list for its items."""
        response = self._facts["response"]
        found: str | None = response.get("item") or response.get("type")
        return found

    @property
    def is_upload(self) -> bool:
        """Whether it takes a file."""
        return bool(self._facts.get("upload"))

    @property
    def is_paged(self) -> bool:
        """Whether its answer comes in pages."""
        if self.kind == "workspace":
            return self.method == "GET" and self.answer == "list"
        return bool(self._facts.get("paged"))

    @property
    def page_cap(self) -> int | None:
        """How many items a page holds at most; None where it has no pages."""
        return kind_named(self.kind).page_cap if self.is_paged else None

    @property
    def needs_cookie(self) -> bool:
        """Whether it takes nothing but the cookie of a browser, which oocli never sends."""
        return self._facts.get("auth") == _COOKIE

    @property
    def is_anonymous(self) -> bool:
        """Whether it answers without a sign-in; with one it may answer more."""
        return self._facts.get("auth") == []

    @property
    def key_scopes(self) -> tuple[str, ...]:
        """The scopes of an API key of which one is needed; empty where no key is taken.

        A key without any scope may do everything
        (DocSpace-server, common/ASC.Api.Core/Auth/AuthorizationExtension.cs).
        """
        if self.kind == "workspace" or self.needs_cookie or not self.path.startswith(API):
            return ()
        if self.path == f"{API}keys/@self":
            return ("any",)
        reads = self.method == "GET"
        levels = ("read", "write") if reads else ("write",)
        for prefix, scope in _SCOPES:
            if f"{self.short_path}/".startswith(f"{prefix}/"):
                if scope == "accounts.self" and not reads:
                    scope = "accounts"
                return tuple(f"{name}:{level}" for name in (scope, "*") for level in levels)
        return tuple(f"*:{level}" for level in levels)

    def as_dict(self) -> dict[str, Any]:
        """Return all that is known of it, as the JSON of `oocli api --format json` shows it."""
        more = {
            "pages": self.is_paged,
            "page_cap": self.page_cap,
            "needs_cookie": self.needs_cookie,
            "anonymous": self.is_anonymous,
            "key_scopes": list(self.key_scopes),
        }
        return {"kind": self.kind, **self._facts, **more}


# The first prefix that fits decides: a key for files does not reach rooms.
_SCOPES = (
    ("files/rooms", "rooms"),
    ("files", "files"),
    ("people/@self", "accounts.self"),
    ("people", "accounts"),
    ("group", "accounts"),
)


@cache
def load(kind: KindName) -> tuple[Operation, ...]:
    """Return all operations of a kind of portal, by path and then by method."""
    return tuple(Operation(kind, line) for line in lines(kind))


def lines(kind: KindName) -> Iterator[str]:
    """Yield the lines of the catalogue of a kind."""
    yield from data(f"{kind}.jsonl").decode().splitlines()


def data(name: str) -> bytes:
    """Return a file of this package, which may lie in a zip file."""
    return get_data(__package__, name) or b""


def of_kinds(kind: KindName | None) -> tuple[Operation, ...]:
    """Return the operations of one kind; None: of both, Workspace first."""
    names = KIND_NAMES if kind is None else (kind,)
    return tuple(operation for name in names for operation in load(name))
