"""Update the picture in the README from a real run: `python tests/picture.py [FILE]`."""

from __future__ import annotations

import io
import os
import re
import sys
import tempfile
from pathlib import Path

import pexpect
from rich.console import Console
from rich.terminal_theme import DIMMED_MONOKAI
from rich.text import Text

PICTURE = Path(__file__).parent.parent / ".github" / "demo.svg"
COLUMNS = 100
WAIT_S = 60


def recorded() -> str:
    """Return what `oocli demo` writes to a terminal, with its escape sequences.

    The port differs each time and is replaced by a fixed one of the same length, so that the
    picture changes only if the output changes.
    """
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    with tempfile.TemporaryDirectory() as home:
        child = pexpect.spawn(
            sys.executable, ["-m", "oocli", "demo"],
            env={**kept, "HOME": home, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"},
            dimensions=(70, COLUMNS), timeout=WAIT_S, encoding="utf-8",
        )  # fmt: skip
        child.expect(pexpect.EOF)
        child.close()
    if child.exitstatus != 0:
        raise SystemExit(f"oocli demo: exit code {child.exitstatus}\n{child.before}")
    return re.sub(r"127\.0\.0\.1:\d{5}", "127.0.0.1:40123", child.before.replace("\r\n", "\n"))


def drawn(shown: str) -> str:
    """Return an SVG of the text. It loads nothing: rich's web font is removed."""
    console = Console(
        record=True, width=COLUMNS, file=io.StringIO(), color_system="standard",
        force_terminal=True, highlight=False, markup=False, emoji=False,
    )  # fmt: skip
    console.print(Text("$ oocli demo", "bold"))
    console.print(Text.from_ansi(shown), soft_wrap=True)
    svg = console.export_svg(title="oocli demo", theme=DIMMED_MONOKAI, unique_id="oocli")
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    svg = svg.replace("Fira Code", "ui-monospace")
    # Without this, some viewers drop the spaces at the start of a line.
    svg = svg.replace("<svg ", '<svg xml:space="preserve" ', 1)
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


if __name__ == "__main__":
    where = Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURE
    where.write_text(drawn(recorded()), encoding="utf-8")
