"""The operations of the API, read from the two data files in this package.

Each line of `workspace.jsonl` and `docspace.jsonl` describes one operation as a JSON object: names,
types and flags from the OpenAPI files of the vendor, without their prose. CONTRIBUTING says how to
update the files.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache, cached_property
from pkgutil import get_data
from typing import Any, Literal, NamedTuple, get_args

from oocli.model.kinds import kind_named

API = "/api/2.0/"
# Every list of Workspace takes these query parameters, but its OpenAPI file does not name them
# (CommunityServer, module/ASC.Api/ASC.Api/Impl/ApiContext.cs).
LIST_PARAMETERS = (
    "count", "startIndex", "sortBy", "sortOrder", "filterBy", "filterOp", "filterValue", "fields",
)  # fmt: skip
KindName = Literal["workspace", "docspace"]
KIND_NAMES: tuple[KindName, ...] = get_args(KindName)
_TEXTS = frozenset(("string", "uuid", "date-time", "binary"))


class Parameter(NamedTuple):
    """A value that an operation takes.

    `type` may be two types with a bar between them, as in `integer|string`; `items` is the type of
    the elements of an array. `choices` are the allowed values, mostly names; `numbers` are the
    numbers of these names, which portals accept as well. On Workspace only the parameters of the
    path are marked `required`, and what is described as an array may be a single value.
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
        """Whether the value is sent as a string even if it looks like a number."""
        return self.type == "string" or (self.type == "array" and self.items in _TEXTS)

    @property
    def is_file(self) -> bool:
        """Whether the value is the content of a file."""
        return "binary" in (self.format, self.items)


class Operation:
    """One operation of one kind of portal: its method, its path and its parameters."""

    def __init__(self, kind: KindName, line: str) -> None:
        self._kind = kind
        self._line = line
        # Every line begins with method and path; to find an operation, no JSON is parsed.
        _, _, _, self._method, _, _, _, self._path, _ = line.split('"', 8)

    @cached_property
    def _facts(self) -> dict[str, Any]:
        return dict(json.loads(self._line))

    def __repr__(self) -> str:
        return f"<Operation {self.kind}: {self.method} {self.short_path}>"

    @property
    def kind(self) -> KindName:
        """The kind of portal that has the operation."""
        return self._kind

    @property
    def method(self) -> str:
        """The method, in upper case."""
        return self._method

    @property
    def path(self) -> str:
        """The path with /api/2.0; a placeholder is written {name}."""
        return self._path

    @property
    def short_path(self) -> str:
        """The path as it is typed in `oocli call`: without /api/2.0/."""
        return self.path.removeprefix(API)

    @property
    def segments(self) -> list[str]:
        """The segments of the path after /api/2.0."""
        return self.short_path.strip("/").split("/")

    @property
    def id(self) -> str | None:
        """The vendor's operation id; None on Workspace."""
        found: str | None = self._facts.get("id")
        return found

    @property
    def tag(self) -> str:
        """The group and section of the vendor's documentation."""
        return str(self._facts["tag"])

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """The parameters of the path, those of the query, and the top-level fields of the body."""
        parameters = [Parameter.of(facts, facts["in"]) for facts in self._facts.get("params", ())]
        fields = self._facts.get("body", {}).get("fields", ())
        return (*parameters, *(Parameter.of(facts, "body") for facts in fields))

    def path_parameter(self, placeholder: str) -> Parameter | None:
        """Return the parameter for a segment of the path, written `{name}`."""
        name = placeholder.strip("{}")
        return next((found for found in self.parameters if found.name == name), None)

    @property
    def body_types(self) -> tuple[str, ...]:
        """The media types of the body; empty if the operation takes no body.

        An upload is always multipart/form-data, also where the vendor's file names another type.
        """
        if self.is_upload:
            return ("multipart/form-data",)
        return tuple(self._facts.get("body", {}).get("types", ()))

    @property
    def body_item(self) -> str | None:
        """The type of the elements if the body is an array, else None."""
        found: str | None = self._facts.get("body", {}).get("item")
        return found

    @property
    def answers_list(self) -> bool:
        """Whether `response` in the answer is a list."""
        return '"kind":"list"' in self._line.rpartition('"response"')[2]

    @property
    def answer(self) -> str:
        """What `response` in the answer is: `object`, `list`, `scalar`, `any` or `none`."""
        return str(self._facts["response"]["kind"])

    @property
    def answer_type(self) -> str | None:
        """The vendor's name for the type of the answer, or of its items if it is a list."""
        response = self._facts["response"]
        found: str | None = response.get("item") or response.get("type")
        return found

    @property
    def is_upload(self) -> bool:
        """Whether the operation takes a file."""
        return bool(self._facts.get("upload"))

    @property
    def is_paged(self) -> bool:
        """Whether the answer is one page of a longer list."""
        if self.kind == "workspace":
            return self.method == "GET" and self.answer == "list"
        return bool(self._facts.get("paged"))

    @property
    def page_cap(self) -> int | None:
        """The most items of a page; None without pages."""
        return kind_named(self.kind).page_cap if self.is_paged else None

    @property
    def needs_cookie(self) -> bool:
        """Whether only a browser's cookie is accepted, which oocli never sends."""
        return self._facts.get("auth") == ["asc_auth_key"]

    @property
    def is_anonymous(self) -> bool:
        """Whether no sign-in is needed; with a sign-in the answer may contain more."""
        return self._facts.get("auth") == []

    @property
    def key_scopes(self) -> tuple[str, ...]:
        """The scopes of which an API key needs one; empty if no API key is accepted.

        A key without scopes may do everything
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

    def as_dict(self) -> dict[str, object]:
        """Return all facts, as `oocli api --format json` prints them."""
        more = {
            "pages": self.is_paged,
            "page_cap": self.page_cap,
            "needs_cookie": self.needs_cookie,
            "anonymous": self.is_anonymous,
            "key_scopes": list(self.key_scopes),
        }
        return {"kind": self.kind, **self._facts, **more}


# The first matching prefix decides: a scope for files does not include rooms.
_SCOPES = (
    ("files/rooms", "rooms"),
    ("files", "files"),
    ("people/@self", "accounts.self"),
    ("people", "accounts"),
    ("group", "accounts"),
)


@cache
def load(kind: KindName) -> tuple[Operation, ...]:
    """Return all operations of a kind of portal, sorted by path and method."""
    return tuple(Operation(kind, line) for line in read(f"{kind}.jsonl").splitlines())


def read(name: str) -> str:
    """Return the text of a data file of this package, which may be in a zip file."""
    return (get_data(__package__, name) or b"").decode()


def of_kinds(kind: KindName | None) -> tuple[Operation, ...]:
    """Return all operations of a kind; None: of both kinds, Workspace first."""
    names = KIND_NAMES if kind is None else (kind,)
    return tuple(operation for name in names for operation in load(name))
