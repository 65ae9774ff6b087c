"""The house itself: floors, libraries, sizes, docstrings, tests, and what each run loads."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import oocli as package

ROOT = Path(__file__).parent.parent
HOUSE = ROOT / "oocli"
TESTS = ROOT / "tests"
FILES = {path.relative_to(HOUSE).as_posix(): path for path in sorted(HOUSE.rglob("*.py"))}
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in FILES.items()}

# Floor -> what it may import from the package. `oocli/__init__.py` is the library's door.
FLOORS = {
    "model": {"model"},
    "transport": {"transport", "model"},
    "core": {"core", "transport", "model"},
    "render": {"render", "model"},
    "demo": {"demo"},
    "commands": {"commands", "core", "model", "render", "demo"},
    "__main__.py": {"commands", "core", "model", "render"},
    "__init__.py": {"core", "model"},
}
# Library -> the only file (or folder) that imports it.
PLACES = {
    "typer": ("__main__.py", "commands/"),
    "requests": ("transport/",),
    "urllib3": ("transport/",),
    "idna": ("model/address.py",),  # comes with requests
    "keyring": ("core/vault.py",),
    "platformdirs": ("core/places.py",),
    "rich": ("render/pretty.py",),
    "jq": ("render/jq_process.py",),
    "segno": ("render/qr.py",),
}
# Every import inside a function. A new one is a decision: it goes here, with its reason there.
LAZY = {
    # The doors: what a run does not need, it does not load.
    "__init__.py": {"importlib"},
    "__main__.py": {
        "oocli.commands", "oocli.commands.context", "oocli.config.portal_names", "oocli.config.settings",
        "oocli.model.errors", "traceback", "typer",
    },
    # Few proxies want a sign-in.
    "core/settings.py": {"oocli.model.proxy"},
    # First request, first look for a stored credential, first thing to draw.
    "core/portal.py": {"oocli.client.paging", "oocli.transport.http"},
    "core/vault.py": {"importlib.metadata", "keyring", "keyring.backend", "keyring.util"},
    "render/output.py": {"oocli.render"},
    # Extras that may not be installed.
    "render/jq_process.py": {"fcntl", "jq"},
    "render/qr.py": {"segno"},
    # The rooms of `call` that only some of its options enter.
    "commands/call.py": {
        "oocli.commands.call.pages", "oocli.commands.call.preview", "oocli.commands.call.wait",
    },
    "commands/call_answer.py": {
        "oocli.model.file_names", "oocli.model.items", "oocli.render.jq",
        "oocli.render.formats",
    },
    "commands/call_request.py": {"oocli.commands.call.body"},
    # Rare, and not cheap to load.
    "model/display.py": {"html", "shlex"},
    "commands/login_code.py": {"oocli.render.qr"},
    "core/parts.py": {"shutil", "tempfile"},
    "core/sign_in.py": {"email.utils"},
    "model/address.py": {"idna", "ipaddress"},
    "render/messages.py": {"getpass", "oocli.render.log"},
    "transport/policy.py": {"email.utils"},
}  # fmt: skip
# Files without a test file of their own name -> the test that goes through them.
TESTED_BY = {
    "commands/call_body.py": "commands/test_call_request.py",
    # Nothing to test by itself: records, a protocol, one line.
    "model/answer.py": "model/test_exchange.py",
    "model/listener.py": "commands/test_call.py",
    "model/version.py": "test_main.py",
    "transport/limits.py": "transport/test_http.py",
    "transport/reply.py": "transport/test_http.py",
    # Parts of a command, reached by the command alone.
    "commands/call_answer.py": "commands/test_call.py",
    "commands/call_options.py": "commands/test_call_request.py",
    "commands/call_preview.py": "commands/test_call_request.py",
    "commands/login_code.py": "commands/test_login_second_factor.py",
    "commands/options.py": "commands/test_help.py",
    "commands/run.py": "test_main.py",
    # What a command does in the core, seen from outside: exit code, streams, portal and keyring.
    "core/batch.py": "commands/test_batch.py",
    "core/batch_answer.py": "commands/test_batch.py",
    "core/checks.py": "commands/test_doctor.py",
    "core/credentials.py": "commands/test_token.py",
    "core/doors.py": "commands/test_login_doors.py",
    "core/journal.py": "commands/test_batch.py",
    "core/keys.py": "commands/test_login_keys.py",
    "core/operations.py": "commands/test_call_wait.py",
    "core/parts.py": "commands/test_call_request.py",
    "core/second_factor.py": "commands/test_login_second_factor.py",
    "core/sign_in.py": "commands/test_login.py",
    "model/batch_line.py": "commands/test_batch.py",
    "transport/reach.py": "commands/test_doctor.py",
    # What people and pipes see.
    "render/input.py": "commands/test_login.py",
    "render/jq_process.py": "render/test_filter.py",
    "render/layout.py": "commands/test_call.py",
    "render/log.py": "commands/test_call.py",
    "render/messages.py": "test_main.py",
    "render/output.py": "commands/test_call.py",
    "render/pretty.py": "commands/test_whoami.py",
    "render/qr.py": "commands/test_login_second_factor.py",
}
# The rooms of the demo portal have one door, its HTTP: they are tested through it.
TESTED_BY_FOLDER = {
    "demo": "demo/test_server.py",
    "demo/docspace": "demo/docspace/test_portal.py",
    "demo/workspace": "demo/workspace/test_portal.py",
}
LONGEST_FILE, LONGEST_BODY = 400, 50


def imports(tree: ast.AST, *, lazy_only: bool = False) -> Iterator[str]:
    """Yield each name imported anywhere in a file, in functions and for types as well."""
    for node in ast.walk(tree):
        if lazy_only and not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        inner = ast.walk(node) if lazy_only else [node]
        for one in inner:
            if isinstance(one, ast.Import):
                yield from (alias.name for alias in one.names)
            elif isinstance(one, ast.ImportFrom):
                assert one.level == 0, "imports are absolute"
                yield one.module or ""


def own_imports(tree: ast.AST) -> Iterator[str]:
    """Yield the files of the package that a file imports: y of `from x import y` if it is one."""
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [
                inner if file_of(inner := f"{node.module}.{alias.name}") else node.module
                for alias in node.names
            ]
        yield from (found for name in names if (found := file_of(name)))


def file_of(name: str) -> str | None:
    """Return the file behind a dotted name of the package."""
    if name.partition(".")[0] != "oocli":
        return None
    path = "/".join(name.split(".")[1:])
    candidates = (f"{path}.py", f"{path}/__init__.py".lstrip("/"))
    return next((one for one in candidates if one in FILES), None)


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function and method."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node


@pytest.mark.parametrize("name", FILES)
def test_imports_point_down_only(name):
    floor = name.partition("/")[0]
    reached = {one.partition("/")[0] for one in own_imports(TREES[name])} - {"__init__.py"}

    assert reached <= FLOORS[floor], f"{name} imports from {sorted(reached - FLOORS[floor])}"


def test_nothing_imports_the_librarys_door():
    for name, tree in TREES.items():
        assert "__init__.py" not in own_imports(tree), name


def test_there_are_no_circles():
    graph = {name: set(own_imports(tree)) - {name} for name, tree in TREES.items()}
    while free := [name for name, needs in graph.items() if not needs]:
        for name in free:
            del graph[name]
        for needs in graph.values():
            needs.difference_update(free)

    assert not graph, f"these import each other: {sorted(graph)}"


@pytest.mark.parametrize("name", FILES)
def test_each_library_is_imported_in_its_one_place(name):
    for imported in imports(TREES[name]):
        library = imported.partition(".")[0]
        if library in sys.stdlib_module_names or library == "oocli":
            continue
        assert library in PLACES, f"{name} imports {library}, which has no place in the house"
        assert name.startswith(PLACES[library]), f"{library} belongs to {PLACES[library]}"


def test_the_dependencies_are_the_five_that_the_house_has_places_for():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    declared = re.search(r"\ndependencies = \[(.*?)\n\]", text, re.DOTALL)[1]

    names = re.findall(r'^ *"([a-z]+)[^"]*"', declared, re.MULTILINE)
    assert sorted(names) == ["keyring", "platformdirs", "requests", "rich", "typer"]


def test_the_environment_is_read_in_one_file():
    readers = set()
    for name, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module == "os":
                assert not {"environ", "environb", "getenv"} & {one.name for one in node.names}
            if (
                isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.value.id == "os"
                and node.attr in ("environ", "environb", "getenv", "getenvb")
            ):
                readers.add(name)

    assert readers == {"core/environment.py"}


@pytest.mark.parametrize(
    "name", [one for one in FILES if one.startswith(("model/", "trans", "core/"))]
)
def test_the_lower_floors_never_print_ask_or_exit(name):
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.Name):
            assert node.id not in ("print", "input"), f"{name}:{node.lineno}"
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id == "sys"
        ):
            assert node.attr not in ("stdin", "stdout", "stderr", "exit"), f"{name}:{node.lineno}"


def test_each_import_inside_a_function_is_one_of_the_agreed_ones():
    found = {name: set(imports(tree, lazy_only=True)) for name, tree in TREES.items()}

    assert {name: lazy for name, lazy in found.items() if lazy} == LAZY


def test_each_import_inside_a_function_is_marked_for_review():
    for name, path in FILES.items():
        lines = path.read_text(encoding="utf-8").splitlines()
        for function in functions(TREES[name]):
            for node in ast.walk(function):
                if isinstance(node, (ast.Import, ast.ImportFrom)):
                    assert "# noqa: PLC0415" in lines[node.lineno - 1], f"{name}:{node.lineno}"


@pytest.mark.parametrize("name", FILES)
def test_no_file_is_too_long_to_be_read_in_one_go(name):
    assert len(FILES[name].read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("name", FILES)
def test_no_function_is_too_long_to_be_understood_at_once(name):
    for function in functions(TREES[name]):
        has_docstring = ast.get_docstring(function) is not None
        body = function.body[1:] if has_docstring and len(function.body) > 1 else function.body
        length = (function.end_lineno or 0) - body[0].lineno + 1
        assert length <= LONGEST_BODY, f"{name}:{function.lineno} {function.name} has {length}"


def public(body: list[ast.stmt], where: str = "") -> Iterator[tuple[str, ast.AST]]:
    """Yield classes, functions and methods that others may use; a setter shares its words."""
    for node in body:
        if not isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        setter = any(isinstance(one, ast.Attribute) for one in node.decorator_list)
        if node.name.startswith("_") or (setter and not isinstance(node, ast.ClassDef)):
            continue
        yield f"{where}{node.name}", node
        if isinstance(node, ast.ClassDef):
            yield from public(node.body, f"{node.name}.")


@pytest.mark.parametrize("name", FILES)
def test_each_file_and_each_public_name_says_what_it_is(name):
    tree = TREES[name]
    bare = [what for what, node in public(tree.body) if not ast.get_docstring(node)]

    assert ast.get_docstring(tree), name
    assert not bare, f"{name}: no docstring for {bare}"


@pytest.mark.parametrize("name", FILES)
def test_no_room_is_a_store_for_leftovers(name):
    assert not {"utils", "util", "helpers", "common", "shared", "misc"} & set(
        name.removesuffix(".py").split("/")
    )


def own_test(name: str) -> bool:
    """Whether a file has a test file of its name; longer names are parts of the same test."""
    folder, _, stem = name.removesuffix(".py").rpartition("/")
    stem = "main" if stem == "__main__" else stem
    return any((TESTS / folder).glob(f"test_{stem}*.py"))


@pytest.mark.parametrize("name", [one for one in FILES if not one.endswith("__init__.py")])
def test_each_file_has_its_test_file(name):
    through = TESTED_BY.get(name) or TESTED_BY_FOLDER.get(name.rpartition("/")[0])
    assert own_test(name) or through, f"{name} has no test, nor a place in TESTED_BY"


@pytest.mark.parametrize(("name", "test"), [*TESTED_BY.items(), *TESTED_BY_FOLDER.items()])
def test_each_exception_is_of_this_house_and_names_a_test_that_exists(name, test):
    assert (HOUSE / name).exists()
    assert (TESTS / test).exists()


# What a run loads

LOOK = """
import sys
from oocli.__main__ import main
code = main(sys.argv[2:])
open(sys.argv[1], "w").write("\\n".join(sys.modules))
sys.exit(code)
"""
HEAVY = {"requests", "urllib3", "rich", "keyring", "jq", "segno", "pydantic"}
# What comes with the libraries that are installed; typer's own small ones depend on its version.
LIBRARIES = HEAVY | set(
    "typer click platformdirs certifi idna charset_normalizer pygments markdown_it jaraco "
    "cryptography secretstorage jeepney more_itertools".split()
)
# The rooms of `call` that a plain GET enters.
CALLING = {
    f"commands.{one}" for one in "call call_answer call_options call_request options run".split()
}
HTTP = {"requests", "urllib3", "certifi", "idna", "charset_normalizer"}
SLOW = {"dataclasses", "logging", "email", "ssl", "importlib.metadata", "http.client"}


@pytest.fixture
def loaded(home, tmp_path):
    """Run the program and return the modules that it loaded, beyond those of a bare Python."""

    def modules(*args, env=None, portal=None, stdin="", stdout=subprocess.PIPE):
        variables = dict(home.env) | (env or {})
        if portal is not None:
            variables |= {"OOCLI_PORTAL": portal.origin, "OOCLI_TOKEN": portal.issue_token()}
        found = tmp_path / "modules"
        done = subprocess.run(
            [sys.executable, "-c", LOOK, str(found), *args],
            input=stdin.encode(), stdout=stdout, stderr=subprocess.PIPE, env=variables,
            timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return set(found.read_text().splitlines())

    return modules


def libraries(modules):
    """Return the libraries among the modules."""
    return {one.partition(".")[0] for one in modules} & LIBRARIES


def ours(modules):
    """Return the package's own modules, without its name in front."""
    return {one.removeprefix("oocli.") for one in modules if one.startswith("oocli.")}


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_the_version_loads_next_to_nothing(loaded, option):
    modules = loaded(option)

    assert ours(modules) == {"__main__", "model", "model.version"}
    assert not modules & (HEAVY | SLOW | {"typer", "json", "platformdirs"})


@pytest.mark.parametrize("args", [["-h"], ["call", "-h"], ["help", "exit-codes"], []])
def test_help_in_a_pipe_loads_no_heavy_library(loaded, args):
    modules = loaded(*args)

    assert "typer" in modules
    assert not modules & (HEAVY | {"importlib.metadata", "ssl", "http.client"})


def test_the_list_of_commands_loads_none_of_them(loaded):
    commands = {one for one in ours(loaded("-h")) if one.startswith("commands.")}

    assert commands <= {"commands.run", "commands.options"}


def test_the_names_of_portals_for_a_shell_load_no_parser_and_no_heavy_library(loaded):
    modules = loaded("completion", "--portals")

    assert libraries(modules) == {"platformdirs"}
    assert ours(modules) == {
        "__main__", "core", "core.environment", "core.places", "core.portal_names",
        "model", "model.version",
    }  # fmt: skip


def test_a_completion_script_is_printed_without_keyring_and_rich(loaded):
    assert not loaded("completion", "bash") & {"keyring", "rich", "jq", "segno", "pydantic"}


def test_a_dry_run_with_a_token_loads_nothing_that_sends_or_draws(loaded, portal):
    modules = loaded("call", "GET", "people/@self", "--dry-run", portal=portal)

    assert not modules & HEAVY
    assert not {one for one in ours(modules) if one.startswith(("demo", "transport.http"))}


def test_a_call_with_a_token_in_a_pipe_loads_requests_alone(loaded, either):
    modules = loaded("call", "GET", "people/@self", portal=either)

    assert libraries(modules) == {"typer", "platformdirs"} | HTTP
    assert {one for one in ours(modules) if one.startswith("commands.")} == CALLING
    assert not {one for one in ours(modules) if one.startswith("demo")}
    assert "render.pretty" not in ours(modules)


def test_a_call_with_a_stored_credential_in_a_pipe_loads_the_keyring_and_no_rich(
    loaded, portal, sign_in
):
    sign_in(portal)
    modules = loaded("call", "GET", "people/@self")

    assert {"keyring", "requests"} <= modules
    assert "rich" not in modules


@pytest.mark.posix
def test_a_call_on_a_terminal_loads_no_rich_and_no_keyring(loaded, portal):
    import pty

    ours_end, its_end = pty.openpty()
    try:
        modules = loaded("call", "GET", "people/@self", portal=portal, stdout=its_end)
    finally:
        os.close(ours_end)
        os.close(its_end)

    assert libraries(modules) == {"typer", "platformdirs"} | HTTP
    assert {one for one in ours(modules) if one.startswith("commands.")} == CALLING


def test_a_sign_in_with_a_password_from_stdin_loads_no_rich(loaded, portal):
    modules = loaded(
        "login", "--portal", portal.origin, "--user", portal.user, "--password-stdin",
        stdin=portal.password,
    )  # fmt: skip

    assert libraries(modules) - {"jaraco", "more_itertools"} == {
        "typer", "platformdirs", "keyring"
    } | HTTP  # fmt: skip
    assert {one for one in ours(modules) if one.startswith("commands.")} <= {
        "commands.login", "commands.login_code", "commands.options", "commands.run",
    }  # fmt: skip


def test_the_list_of_portals_in_a_pipe_asks_neither_network_nor_keyring(loaded):
    assert not loaded("portals", "list") & HEAVY


# The library's door


def in_python(code: str, env: dict[str, str]) -> str:
    """Return what a Python program of somebody else prints."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True, text=True, env=env, timeout=60, check=True,
    )  # fmt: skip
    return done.stdout.strip()


def test_the_public_names_are_these():
    assert package.__all__ == ["Envelope", "OocliError", "Portal", "__version__"]
    assert all(getattr(package, name) for name in package.__all__)


def test_a_name_that_is_not_there_is_an_ordinary_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'Portals'"):
        _ = package.Portals


def test_importing_the_package_loads_nothing_else(home):
    code = "import sys, oocli; print(*sorted(m for m in sys.modules if m.startswith('oocli')))"

    assert in_python(code, home.env) == "oocli oocli.model oocli.model.version"


def test_importing_the_portal_loads_neither_requests_nor_keyring_nor_the_commands(home):
    code = "import sys; from oocli import Portal; print(*sys.modules)"
    modules = set(in_python(code, home.env).split())

    assert "oocli.client.portal" in modules
    assert not modules & (HEAVY | {"typer"})
    assert not {one for one in modules if one.startswith(("oocli.commands", "oocli.render"))}
