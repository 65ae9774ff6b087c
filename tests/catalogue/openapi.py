"""Read the operations from the OpenAPI files of the vendor: names, types and flags only.

No prose is read: no summary, description or example. The same input gives the same bytes.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

Facts = dict[str, Any]
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
JSON, MULTIPART = "application/json", "multipart/form-data"
TYPES = ("string", "integer", "number", "boolean", "array", "object")
ENVELOPE = frozenset(("count", "status", "statusCode", "response"))
SCALARS = frozenset(("string", "integer", "number", "boolean"))
MAX_DEPTH = 20
NAMES = "x-enum-varnames"


class Document:
    """One OpenAPI document, of version 3.0 or 3.1."""

    def __init__(self, document: Facts) -> None:
        self.document = document
        sets = Counter(
            frozenset(name for scheme in described.get("security", ()) for name in scheme)
            for shared in document["paths"].values()
            for method, described in shared.items()
            if method.upper() in METHODS
        )
        sets.pop(frozenset(), None)
        whole = frozenset(name for scheme in document.get("security", ()) for name in scheme)
        self.usual = whole or max(sets, key=lambda names: sets[names], default=frozenset())

    def lines(self) -> Iterator[str]:
        """Yield the lines of the catalogue."""
        found = [
            self.operation(method, path, described, shared.get("parameters", []))
            for path, shared in self.document["paths"].items()
            for method in METHODS
            if (described := shared.get(method.lower())) is not None
        ]
        found.sort(key=lambda facts: (facts["path"], METHODS.index(facts["method"])))
        for facts in found:
            yield json.dumps(facts, ensure_ascii=False, separators=(",", ":"))

    def operation(self, method: str, path: str, described: Facts, shared: list[Facts]) -> Facts:
        """Return the facts of one operation."""
        template, constraints = placeholders(path)
        body = self.body(described.get("requestBody"))
        given = [self.parameter(entry) for entry in (*shared, *described.get("parameters", []))]
        params = [name for group in given for name in group]
        params = self._path_params(template, constraints, params, body)
        fields = (body or {}).get("fields", [])
        if method == "GET":  # that is where the portal reads a body
            params += [{"name": field["name"], "in": "query", **field} for field in fields]
            body = None
        facts: Facts = {"method": method, "path": template}
        if "operationId" in described:
            facts["id"] = described["operationId"]
        tag = (described.get("tags") or ["other"])[0]
        facts["tag"] = re.sub(r"\s*/\s*", "/", tag)
        auth = self.auth(described)
        if auth is not None:
            facts["auth"] = auth
        if params:
            facts["params"] = params
        if body:
            facts["body"] = body
            if any("binary" in (f.get("format"), f.get("items_format")) for f in fields):
                facts["upload"] = True
        names = {entry["name"] for entry in params if entry["in"] == "query"}
        if names >= {"count", "startIndex"}:
            facts["paged"] = True
        facts["response"] = self.response(described.get("responses", {}))
        return facts

    def auth(self, described: Facts) -> list[str] | None:
        """Return the schemes that an operation takes; None for those of most operations."""
        schemes = described.get("security", self.document.get("security", []))
        names = [name for scheme in schemes for name in scheme]
        return None if set(names) == self.usual else names

    def resolve(self, node: Any) -> tuple[Facts, str | None]:
        """Follow references; return what they lead to, and the name of the last one."""
        name = None
        for _ in range(MAX_DEPTH):
            if not isinstance(node, dict) or "$ref" not in node:
                break
            name = node["$ref"].rpartition("/")[2]
            for step in node["$ref"].removeprefix("#/").split("/"):
                if step == "components":
                    node = self.document["components"]
                else:
                    node = node[step.replace("~1", "/").replace("~0", "~")]
        return (node if isinstance(node, dict) else {}), name

    def parameter(self, entry: Facts) -> list[Facts]:
        """Return a parameter of the path or the query; an object becomes its properties."""
        entry, _ = self.resolve(entry)
        if entry.get("in") not in ("path", "query"):
            return []
        schema, _ = self.resolve(entry.get("schema", {}))
        if entry["in"] == "query" and schema.get("properties"):
            return [{"name": f["name"], "in": "query", **f} for f in self.fields(schema)]
        facts = {"name": entry["name"], "in": entry["in"], **self.type_of(entry.get("schema", {}))}
        if entry.get("required"):
            facts["required"] = True
        if entry.get("style"):
            facts["style"] = entry["style"]
        return [facts]

    def type_of(self, node: Facts) -> Facts:
        """Return what a schema says about one value."""
        schema, ref = self.resolve(node)
        combined = schema.get("allOf") or schema.get("anyOf") or schema.get("oneOf")
        if combined and "type" not in schema:
            options = [part for part in combined if part.get("type") != "null"]
            named = [part for part in options if NAMES in part]
            if named:  # one of names and one of numbers: the same choice
                return self.type_of(named[0]) | ({"ref": ref} if ref else {})
            if len(options) == 1 or "allOf" in schema:
                return self.type_of(options[0])
            kinds = dict.fromkeys(self.type_of(part)["type"] for part in options)
            return {"type": "|".join(kinds)}
        facts: Facts = {"type": type_name(schema)}
        if "format" in schema:
            facts["format"] = schema["format"]
        if facts["type"] == "array":
            items = self.type_of(schema.get("items", {}))
            facts["items"] = items.pop("ref", None) or items["type"]
            if "format" in items:
                facts["items_format"] = items["format"]
            facts |= {key: items[key] for key in ("enum", "values") if key in items}
        else:
            facts |= choices(schema)
            if ref:
                facts["ref"] = ref
        limits = {"minimum": "min", "maximum": "max", "pattern": "pattern", "default": "default"}
        return facts | {ours: schema[key] for key, ours in limits.items() if key in schema}

    def fields(self, schema: Facts, depth: int = 0) -> list[Facts]:
        """Return the top level of an object, `allOf` merged, what can only be read left out."""
        schema, _ = self.resolve(schema)
        found: dict[str, Facts] = {}
        if depth < MAX_DEPTH:
            for part in schema.get("allOf", []):
                found |= {field["name"]: field for field in self.fields(part, depth + 1)}
        for name, node in (schema.get("properties") or {}).items():
            inner, _ = self.resolve(node)
            if inner.get("readOnly") or node.get("readOnly"):
                continue
            found[name] = {"name": name, **self.type_of(node)}
            if name in schema.get("required", ()):
                found[name]["required"] = True
        return list(found.values())

    def body(self, node: Facts | None) -> Facts | None:
        """Return what is sent."""
        if not node:
            return None
        described, _ = self.resolve(node)
        content = described.get("content", {})
        if not content:
            return None
        facts: Facts = {"types": types(content)}
        if described.get("required"):
            facts["required"] = True
        schema, ref = self.resolve(next(iter(content.values())).get("schema", {}))
        if type_name(schema) == "array":
            item = self.type_of(schema)
            facts |= {"kind": "list", "item": item["items"]}
            facts |= {key: item[key] for key in ("items_format", "enum", "values") if key in item}
            return facts
        facts["kind"] = "object"
        if ref:
            facts["ref"] = ref
        return facts | {"fields": self.fields(schema)}

    def response(self, answers: Facts) -> Facts:
        """Return the shape of the first answer that is a success."""
        status = next((code for code in sorted(map(str, answers)) if code.startswith("2")), None)
        if status is None:
            return {"kind": "none"}
        answer, _ = self.resolve(answers.get(status) or answers[int(status)])
        facts: Facts = {"status": int(status)}
        content = answer.get("content", {})
        if not content:
            return facts | {"kind": "none"}
        facts["types"] = types(content)
        node = next(iter(content.values())).get("schema", {})
        schema, _ = self.resolve(node)
        properties = schema.get("properties", {})
        if "response" in properties and set(properties) & (ENVELOPE - {"response"}):
            facts["wrapped"] = True
            node = properties["response"]
        return facts | self.shape(node)

    def shape(self, node: Facts) -> Facts:
        """Return whether something is a list, an object or a scalar, and what it is called."""
        schema, ref = self.resolve(node)
        kind = type_name(schema)
        if kind == "array":
            item = self.type_of(schema.get("items", {}))
            return {"kind": "list", "item": item.get("ref") or item["type"]}
        if kind in SCALARS:
            return {"kind": "scalar", "type": ref or kind}
        if kind == "any" and not ref:
            return {"kind": "any"}
        return {"kind": "object", "type": ref} if ref else {"kind": "object"}

    def _path_params(
        self, template: str, constraints: Facts, params: list[Facts], body: Facts | None
    ) -> list[Facts]:
        """Return all parameters, those of the path first and in its order.

        A placeholder that is declared nowhere has its type from the body's field of the same name,
        which then leaves the body.
        """
        names = re.findall(r"\{([^}]+)\}", template)
        declared = {entry["name"]: entry for entry in params if entry["in"] == "path"}
        found = []
        for name in names:
            facts = declared.get(name)
            if facts is None:
                field = next((f for f in (body or {}).get("fields", ()) if f["name"] == name), {})
                if body and field:
                    body["fields"].remove(field)
                facts = {"name": name, "in": "path", "type": "string"} | field
            found.append(facts | constraints.get(name, {}) | {"required": True})
        return found + [entry for entry in params if entry["in"] == "query"]


def placeholders(path: str) -> tuple[str, Facts]:
    """Return a path with plain placeholders, and what `{id:[0-9]+}` says of each value."""
    constraints: Facts = {}

    def plain(found: re.Match[str]) -> str:
        name, _, pattern = found[1].partition(":")
        if pattern in ("[0-9]+", r"\d+", "int"):
            constraints[name] = {"type": "integer"}
        elif words := re.fullmatch(r"\(?(\w+(?:\|\w+)+)\)?", pattern):
            constraints[name] = {"type": "string", "enum": words[1].split("|")}
        elif pattern:
            constraints[name] = {"type": "string", "pattern": pattern}
        return f"{{{name}}}"

    # A pattern may hold braces of its own, as in `{year:\d{4}}`.
    template = re.sub(r"\{((?:[^{}]|\{[^{}]*\})+)\}", plain, path)
    return template.rstrip("/") or "/", constraints


def type_name(schema: Facts) -> str:
    """Return the type of a schema; that of 3.1 may be a list, with `null` for what may lack."""
    named = schema.get("type")
    if isinstance(named, list):
        named = "|".join(name for name in named if name != "null")
    if named in TYPES or (named and "|" in named):
        return str(named)
    return "object" if schema.get("properties") or schema.get("allOf") else "any"


def choices(schema: Facts) -> Facts:
    """Return the names that are allowed and their numbers.

    DocSpace has the numbers, and the names beside them; Workspace has `1 - Active` and the like.
    """
    allowed = schema.get("enum")
    if not allowed:
        return {}
    pairs = [re.fullmatch(r"(\d+) - (\w+)", str(value)) for value in allowed]
    if all(pairs):
        return {"enum": [p[2] for p in pairs if p], "values": [int(p[1]) for p in pairs if p]}
    names = schema.get(NAMES)
    if names and len(names) == len(allowed):
        return {"enum": list(names), "values": list(allowed)}
    return {"enum": list(allowed)}


def types(content: Iterable[str]) -> list[str]:
    """Return media types without their parameters, each of them once."""
    return list(dict.fromkeys(name.partition(";")[0].strip() for name in content))
