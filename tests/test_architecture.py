"""The structure: imports, sizes, docstrings, and the modules that each kind of run loads."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest

import oocli as package

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "oocli"
FILES = {path.relative_to(PACKAGE).as_posix(): path for path in sorted(PACKAGE.rglob("*.py"))}
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in FILES.items()}
LOWER_LAYERS = ("auth/", "batch/", "client/", "config/", "files/", "model/", "transport/")
MAX_FILE_LINES, MAX_BODY_LINES = 400, 50


# Imports


def test_the_contracts_in_pyproject_hold():
    done = subprocess.run(
        [sys.executable, "-c", "import importlinter.cli as cli; cli.lint_imports_command()",
         "--no-cache"],
        capture_output=True, text=True, cwd=ROOT, timeout=120, check=False,
        env=dict(os.environ) | {"PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def graph():
    """The imports of the package, including those for types and in functions."""
    return grimp.build_graph("oocli", include_external_packages=True, cache_dir=None)


def test_no_modules_import_each_other_in_a_cycle(graph):
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}

    TopologicalSorter(imports).prepare()


def test_no_module_imports_the_names_that_are_for_python_programs(graph):
    assert graph.find_modules_that_directly_import("oocli") == set()


def test_only_libraries_with_a_contract_are_imported(graph):
    external = {module for module in graph.modules if graph.is_module_squashed(module)}

    assert external - sys.stdlib_module_names == {
        "idna", "jq", "keyring", "platformdirs", "requests", "rich", "secretstorage", "segno",
        "typer", "urllib3",
    }  # fmt: skip


def test_imports_are_absolute():
    relative = [
        f"{name}:{node.lineno}"
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.level
    ]

    assert relative == []


# Files and functions


def attributes_of(module: str, tree: ast.AST) -> Iterator[ast.Attribute]:
    """Yield each use of an attribute of a module, such as `os.name`."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id == module
        ):
            yield node


def test_the_environment_is_read_in_one_file():
    names = {"environ", "environb", "getenv", "getenvb"}
    readers = {
        name
        for name, tree in TREES.items()
        if any(node.attr in names for node in attributes_of("os", tree))
    }
    imported = {
        alias.name
        for tree in TREES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "os"
        for alias in node.names
    }

    assert readers == {"config/environment.py"}
    assert not imported & names


def test_the_lower_layers_never_print_prompt_or_exit():
    found = []
    for name, tree in TREES.items():
        if not name.startswith(LOWER_LAYERS):
            continue
        streams = {"stdin", "stdout", "stderr", "exit"}
        nodes = [node for node in attributes_of("sys", tree) if node.attr in streams]
        nodes += [
            node
            for node in ast.walk(tree)
            if isinstance(node, ast.Name) and node.id in ("print", "input")
        ]
        found += [f"{name}:{node.lineno}" for node in nodes]

    assert found == []


def test_no_file_is_too_long_to_be_read_in_one_go():
    lines = {name: len(path.read_text("utf-8").splitlines()) for name, path in FILES.items()}

    assert {name: count for name, count in lines.items() if count > MAX_FILE_LINES} == {}


def test_no_function_is_too_long_to_be_understood_at_once():
    found = {}
    for name, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                has_docstring = ast.get_docstring(node) is not None and len(node.body) > 1
                first = node.body[1 if has_docstring else 0]
                length = (node.end_lineno or 0) - first.lineno + 1
                if length > MAX_BODY_LINES:
                    found[f"{name}:{node.lineno} {node.name}"] = length

    assert found == {}


def public(body: list[ast.stmt], where: str = "") -> Iterator[tuple[str, ast.AST]]:
    """Yield public classes, functions and methods; a setter has the docstring of its getter."""
    for node in body:
        if not isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        is_setter = any(isinstance(found, ast.Attribute) for found in node.decorator_list)
        if node.name.startswith("_") or (is_setter and not isinstance(node, ast.ClassDef)):
            continue
        yield f"{where}{node.name}", node
        if isinstance(node, ast.ClassDef):
            yield from public(node.body, f"{node.name}.")


def test_each_file_and_each_public_name_has_a_docstring():
    missing = [name for name, tree in TREES.items() if not ast.get_docstring(tree)]
    missing += [
        f"{name}: {public_name}"
        for name, tree in TREES.items()
        for public_name, node in public(tree.body)
        if not ast.get_docstring(node)
    ]

    assert missing == []


def test_each_noqa_of_a_security_rule_has_a_reason():
    found = [
        f"{name}:{number}"
        for name, path in FILES.items()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"# noqa: (?:\w+, )*S\d+(?!.* - \w+)", line)
    ]

    assert found == []


def test_no_module_has_a_name_that_fits_anything():
    vague = {"core", "utils", "util", "helpers", "common", "shared", "misc"}

    assert [name for name in FILES if vague & set(name.removesuffix(".py").split("/"))] == []


# The modules that a run loads

LIST_MODULES = """
import sys
from oocli.__main__ import main
code = main(sys.argv[2:])
open(sys.argv[1], "w").write("\\n".join(sys.modules))
sys.exit(code)
"""
HTTP = {"requests", "urllib3", "certifi", "idna", "charset_normalizer"}
KEYRING = {"keyring", "jaraco", "more_itertools"}
PARSER = {"typer", "platformdirs", "idna"}
# The libraries to look for; small dependencies of typer depend on its version.
LIBRARIES = HTTP | KEYRING | PARSER | set(
    "rich jq segno pydantic click pygments markdown_it cryptography secretstorage jeepney".split()
)  # fmt: skip


@pytest.fixture
def loaded(home, tmp_path):
    """Run the program and return the names of all modules that are loaded at its end."""

    def modules(*args, env=None, portal=None, stdin="", stdout=subprocess.PIPE):
        variables = dict(home.env) | (env or {})
        if portal is not None:
            variables |= {"OOCLI_PORTAL": portal.origin, "OOCLI_TOKEN": portal.issue_token()}
        found = tmp_path / "modules"
        done = subprocess.run(
            [sys.executable, "-c", LIST_MODULES, str(found), *args],
            input=stdin.encode(), stdout=stdout, stderr=subprocess.PIPE, env=variables,
            cwd=tmp_path, timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return set(found.read_text().splitlines())

    return modules


def libraries(modules):
    """Return the libraries among the modules."""
    return {module.partition(".")[0] for module in modules} & LIBRARIES


def ours(modules):
    """Return the modules of oocli, without `oocli.` in front."""
    return {module.removeprefix("oocli.") for module in modules if module.startswith("oocli.")}


def parts(modules):
    """Return the packages of oocli that the modules belong to; for `commands`, each command."""
    names = {name for name in ours(modules) if name != "commands"}
    return {
        ".".join(name.split(".")[:2]) if name.startswith("commands.") else name.partition(".")[0]
        for name in names
    }


def files(modules):
    """Return the modules of oocli that are files and not packages."""
    return {name for name in ours(modules) if f"{name.replace('.', '/')}.py" in FILES}


BASE = {
    "__main__", "commands.context", "commands.hints", "commands.options", "commands.run", "auth",
    "client", "config", "model", "render", "transport",
}  # fmt: skip
CALL = BASE | {"commands.call", "commands.options"}
HELP = BASE | {"commands.help", "commands.help_topics", "commands.options", "commands.schema"}
API = BASE | {"commands.api", "commands.options", "catalogue"}
LS = BASE | {"commands.files", "commands.options", "files"}
BATCH_LINE = '{"method": "GET", "path": "people/@self"}\n'


@pytest.mark.parametrize(
    ("words", "expected_libraries", "expected_parts", "max_files"),
    [
        ("--version", set(), {"__main__", "model"}, 2),
        ("-V", set(), {"__main__", "model"}, 2),
        ("completion --portals", {"platformdirs"}, {"__main__", "config", "model"}, 4),
        ("", PARSER, HELP, 32),
        ("-h", PARSER, HELP, 32),
        ("help exit-codes", PARSER, HELP, 32),
        ("call -h", PARSER, HELP | CALL, 37),
        ("api disable a user", PARSER, API, 36),
        ("api PUT people/status/1", PARSER, API, 36),
        ("api --format json", PARSER, API, 36),
        ("portals list", PARSER, BASE | {"commands.portals", "commands.options", "auth"}, 30),
        ("call GET people/@self --dry-run", PARSER, CALL, 35),
        ("call GET people/@self", PARSER | HTTP, CALL, 37),
        ("call GET people/@self -o file", PARSER | HTTP, CALL, 37),
        ("call GET people --format csv", PARSER | HTTP, CALL, 39),
        ("files ls my", PARSER | HTTP, LS, 38),
        ("files ls my --format csv", PARSER | HTTP, LS, 40),
        ("batch -", PARSER | HTTP, CALL - {"commands.call"} | {"commands.batch", "batch"}, 38),
    ],
)  # fmt: skip
def test_a_run_loads_the_libraries_and_the_packages_that_it_uses(
    words, expected_libraries, expected_parts, max_files, loaded, portal
):
    modules = loaded(*words.split(), portal=portal, stdin=BATCH_LINE)

    assert libraries(modules) == expected_libraries
    assert parts(modules) <= expected_parts
    assert len(files(modules)) <= max_files, sorted(files(modules))


def test_a_call_with_a_token_from_a_variable_loads_no_credential_store(loaded, portal):
    modules = loaded("call", "GET", "people/@self", portal=portal)

    assert not ours(modules) & {"auth.stores", "auth.keyring_backend"}


def test_a_sign_in_with_a_password_from_stdin_loads_keyring_and_no_rich(loaded, portal):
    modules = loaded(
        "login", "--portal", portal.origin, "--user", portal.user, "--password-stdin",
        stdin=portal.password,
    )  # fmt: skip

    assert libraries(modules) - KEYRING == PARSER | HTTP
    assert "keyring" in modules
    assert parts(modules) <= BASE | {"commands.login", "commands.options", "auth", "client"}


def test_a_call_with_a_stored_credential_in_a_pipe_loads_keyring_and_no_rich(
    loaded, portal, sign_in
):
    sign_in(portal)

    modules = loaded("call", "GET", "people/@self")

    assert libraries(modules) - KEYRING == PARSER | HTTP
    assert "keyring" in modules
    assert parts(modules) <= CALL


@pytest.mark.posix
def test_a_call_on_a_terminal_loads_what_one_in_a_pipe_loads(loaded, portal):
    import pty

    test_end, program_end = pty.openpty()
    try:
        modules = loaded("call", "GET", "people/@self", portal=portal, stdout=program_end)
    finally:
        os.close(test_end)
        os.close(program_end)

    assert libraries(modules) == PARSER | HTTP
    assert parts(modules) <= CALL
    assert "oocli.render.pretty" not in modules


def test_the_version_and_the_names_of_portals_load_no_slow_module_of_python(loaded):
    slow = {"dataclasses", "logging", "email", "ssl", "importlib.metadata", "http.client"}

    assert not loaded("--version") & (slow | {"json"})
    assert not loaded("completion", "--portals") & slow


def test_help_in_a_pipe_loads_no_module_of_python_for_the_network(loaded):
    for words in (["-h"], ["call", "-h"]):
        assert not loaded(*words) & {"importlib.metadata", "ssl", "http.client"}


def test_a_completion_script_is_printed_without_keyring_and_rich(loaded):
    assert not loaded("completion", "bash") & {"keyring", "rich", "jq", "segno", "pydantic"}


# The package as a library


def in_python(code: str, env: dict[str, str]) -> str:
    """Return what a Python program that imports the package prints."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True, text=True, env=env, timeout=60, check=True,
    )  # fmt: skip
    return done.stdout.strip()


def test_the_public_names_are_these():
    assert package.__all__ == ["Envelope", "OocliError", "Portal", "__version__", "operations"]
    assert all(getattr(package, name) for name in package.__all__)


def test_finding_an_operation_loads_only_the_catalogue(home):
    code = """
import sys
from oocli import operations
print(operations.find("empty trash", kind="docspace")[0].path, *sys.modules)
"""
    path, *modules = in_python(code, home.env).split()

    assert path == "/api/2.0/files/fileops/emptytrash"
    assert libraries(modules) == set()
    assert parts(modules) == {"catalogue", "model"}


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'Portals'"):
        _ = package.Portals


def test_importing_the_package_loads_nothing_else(home):
    code = "import sys, oocli; print(*sorted(m for m in sys.modules if m.startswith('oocli')))"

    assert in_python(code, home.env) == "oocli oocli.model oocli.model.version"


def test_importing_the_portal_loads_neither_requests_nor_keyring_nor_the_commands(home):
    code = "import sys; from oocli import Portal; print(*sys.modules)"
    modules = set(in_python(code, home.env).split())

    assert "oocli.client.portal" in modules
    assert libraries(modules) == {"platformdirs", "idna"}
    assert not parts(modules) & {"render", "demo", "batch", "__main__"}
