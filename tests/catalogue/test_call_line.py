"""The line that shows how to call an operation: a command of oocli with placeholders."""

from __future__ import annotations

import re
import shlex

import pytest

from oocli.catalogue.call_line import call_line
from oocli.catalogue.operations import KIND_NAMES, load
from oocli.catalogue.paths import matching
from oocli.client.portal import PortalClient
from oocli.commands import load as load_command
from oocli.commands.call.options import CallOptions
from oocli.commands.call.request import build_request
from oocli.commands.context import AppContext
from oocli.config.environment import Environment
from oocli.model.address import PortalAddress
from oocli.model.kinds import kind_named
from oocli.model.secret import Redactor

PORTAL = PortalAddress.parse("https://docs.example.com")
BLANK = re.compile(r"\{(\w+(?:\.\w+)*)\}")


def operation(kind, method, path):
    (found,) = [o for o in load(kind) if (o.method, o.short_path) == (method, path)]
    return found


@pytest.mark.parametrize(
    ("kind", "method", "path", "line"),
    [
        ("docspace", "GET", "people/@self", "oocli call GET people/@self"),
        ("docspace", "GET", "group/{id}", "oocli call GET group/{id}"),
        ("docspace", "POST", "keys", "oocli call POST keys -f name={name}"),
        (
            "docspace", "PUT", "people/delete",
            "oocli call PUT people/delete -f 'userIds[]={userIds}' -F resendAll={resendAll}",
        ),
        (
            "docspace", "DELETE", "files/templates",
            "oocli call DELETE files/templates -d '[{item}]'",
        ),
        (
            "docspace", "PUT", "files/settings/dafaultaccessrights",
            "oocli call PUT files/settings/dafaultaccessrights -d '[\"{item}\"]'",
        ),
        (
            "docspace", "POST", "files/{folderId}/upload",
            "oocli call POST files/{folderId}/upload --part file=@{file}",
        ),
        (
            "docspace", "POST", "settings/license",
            "oocli call POST settings/license --part Files=@{file}",
        ),
        ("workspace", "DELETE", "files/file/{fileId}", "oocli call DELETE files/file/{fileId}"),
        ("workspace", "GET", "people/email", "oocli call GET people/email -p email={email}"),
        (
            "workspace", "PUT", "people/status/{status}",
            "oocli call PUT people/status/{status} -f 'userIds[]={userIds}'",
        ),
    ],
)  # fmt: skip
def test_a_line_has_the_required_parameters_or_the_first_ones(kind, method, path, line):
    assert call_line(operation(kind, method, path)) == line


def test_an_operation_that_needs_a_cookie_has_no_line():
    assert call_line(operation("docspace", "GET", "scopes")) is None


def test_a_path_outside_of_the_api_is_written_with_the_portal():
    token = operation("docspace", "POST", "/oauth2/token")

    line = call_line(token, origin="https://docs.example.com")

    assert line is not None
    assert line.startswith("oocli call POST https://docs.example.com/oauth2/token --form -f")


def test_a_path_with_values_is_kept():
    found = operation("docspace", "GET", "group/{id}")

    assert call_line(found, "group/42") == "oocli call GET group/42"


@pytest.fixture(scope="module")
def requested(tmp_path_factory):
    """Parse a line as the program does, and return the request that it would send."""
    file = tmp_path_factory.mktemp("files") / "notes.docx"
    file.write_bytes(b"content")
    command = load_command("call")
    app = AppContext(Environment({}), Redactor())

    def value(found, name):
        parameter = next((p for p in found.parameters if p.name == name), None)
        if name == "file" and found.is_upload:
            return str(file)
        if parameter is None:
            return "1"
        if parameter.choices:
            return parameter.choices[0]
        if parameter.type in ("integer", "number"):
            return "1"
        return "true" if parameter.type == "boolean" else "x"

    def request(found, line):
        filled = BLANK.sub(lambda blank: value(found, blank[1]), line)
        words = shlex.split(filled)
        with command.make_context("call", words[2:], obj=app) as context:
            values = {name: context.params[name] for name in CallOptions._fields}
            options = CallOptions(**values)
        options.check()
        portal = PortalClient(PORTAL, kind=kind_named(found.kind), credential=None)
        return build_request(options, portal, app)

    return request


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_each_line_calls_its_operation_when_its_placeholders_are_replaced(kind, requested):
    for found in load(kind):
        line = call_line(found, origin=PORTAL.origin)
        if line is None:
            assert found.needs_cookie
            continue
        request = requested(found, line)
        path = request.target.path.removesuffix(kind_named(kind).suffix)
        same = tuple(other for other in load(kind) if other.method == request.method)
        assert request.method == found.method, line
        assert found in matching(path, (found,)), line
        assert matching(path, same), line
