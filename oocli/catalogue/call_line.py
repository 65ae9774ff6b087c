"""Write the `oocli call` for an operation, with a placeholder `{name}` for each value."""

from __future__ import annotations

from collections.abc import Iterable

from oocli.catalogue.operations import API, Operation, Parameter

# The most fields and query parameters to show where none is marked as required.
_MAX_FIELDS, _MAX_QUERY = 6, 3


def call_line(
    operation: Operation, path: str | None = None, origin: str = "https://{portal}"
) -> str | None:
    """Return the command line, or None for an operation that oocli cannot call.

    `path` is the path with values in place of placeholders. `origin` is that of the portal, for
    the few operations outside /api/2.0.
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
    """Return the query parameters to show: the required ones, or the few of a GET of one item."""
    query = [parameter for parameter in operation.parameters if parameter.place == "query"]
    required = [parameter for parameter in query if parameter.required]
    gets_item = operation.method == "GET" and not (operation.is_paged or operation.answers_list)
    if required or not gets_item or "{" in operation.path or len(query) > _MAX_QUERY:
        return required
    return query


def _body(operation: Operation) -> list[str]:
    if operation.body_item is not None:
        item = '"{item}"' if operation.body_item == "string" else "{item}"
        return ["-d", f"[{item}]"]
    fields = [parameter for parameter in operation.parameters if parameter.place == "body"]
    files = [field for field in fields if field.is_file]
    if files and (fields[0].is_file or fields[0].name == "file"):
        # Workspace accepts any part name, DocSpace the name of the field in any case.
        name = "file" if operation.segments[0] == "files" else files[0].name
        return ["--part", f"{name}=@{{file}}"]
    words = ["--form"] if "application/x-www-form-urlencoded" in operation.body_types else []
    for field in _fields_to_show(operation, fields):
        words += _field(field)
    return words


def _fields_to_show(operation: Operation, fields: Iterable[Parameter]) -> list[Parameter]:
    """Return the required fields, or the first ones where none is marked as required."""
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
