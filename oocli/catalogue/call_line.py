"""The `call` of an operation as a line to fill in: each `{name}` in it is a blank."""

from __future__ import annotations

from collections.abc import Iterable

from oocli.catalogue.operations import API, Operation, Parameter

# Fields in a line where the vendor's file marks none of them as required.
_MAX_FIELDS, _MAX_QUERY = 6, 3


def call_line(
    operation: Operation, path: str | None = None, origin: str = "https://{portal}"
) -> str | None:
    """Return the line, or None for an operation that oocli cannot call.

    `path` is the path with values in it, where they are known already.
    `origin` is that of the portal, for the few operations that do not lie below /api/2.0.
    """
    if operation.needs_cookie:
        return None
    path = path or operation.short_path
    if not operation.path.startswith(API):
        path = f"{origin}/{path.lstrip('/')}"
    words = ["oocli", "call", operation.method, path]
    for parameter in _query(operation):
        words += ["-p", f"{parameter.name}={{{parameter.name}}}"]
    words += _body(operation)
    return " ".join(f"'{word}'" if set(word) & set('[]"') else word for word in words)


def _query(operation: Operation) -> list[Parameter]:
    """Return the query parameters of a line: the required ones, or those of a look-up."""
    asked = [parameter for parameter in operation.parameters if parameter.place == "query"]
    required = [parameter for parameter in asked if parameter.required]
    is_look_up = operation.method == "GET" and not (operation.is_paged or operation.answers_list)
    if required or not is_look_up or "{" in operation.path or len(asked) > _MAX_QUERY:
        return required
    return asked


def _body(operation: Operation) -> list[str]:
    if operation.body_item is not None:
        item = '"{item}"' if operation.body_item == "string" else "{item}"
        return ["-d", f"[{item}]"]
    fields = [parameter for parameter in operation.parameters if parameter.place == "body"]
    files = [field for field in fields if field.is_file]
    if files and (fields[0].is_file or fields[0].name == "file"):
        # Workspace takes any name of a part, DocSpace that of the field in any case.
        return ["--part", f"{_part_name(operation, files[0])}=@{{file}}"]
    words = ["--form"] if "application/x-www-form-urlencoded" in operation.body_types else []
    for field in _chosen(operation, fields):
        words += _field(field)
    return words


def _part_name(operation: Operation, field: Parameter) -> str:
    return "file" if operation.segments[0] == "files" else field.name


def _chosen(operation: Operation, fields: Iterable[Parameter]) -> list[Parameter]:
    """Return the fields of a line: the required ones, or the first ones where none is marked."""
    required = [field for field in fields if field.required]
    if required:
        return required
    if operation.method == "DELETE" and operation.path.endswith("}"):
        return []
    plain = [field for field in fields if not (field.type == "object" or field.is_file)]
    return plain[:_MAX_FIELDS]


def _field(field: Parameter) -> list[str]:
    name, option = field.name, "-f" if field.is_text and not field.choices else "-F"
    if field.type == "array":
        if field.items == "object":
            return ["-F", f"{name}[][{{key}}]={{value}}"]
        return [option, f"{name}[]={{{name}}}"]
    if field.type == "object":
        return ["-F", f"{name}[{{key}}]={{value}}"]
    return [option, f"{name}={{{name}}}"]
