"""Print the table of faults as Markdown: `python -m tests.faults`."""

from __future__ import annotations

import sys

from tests.faults.row import Row
from tests.faults.table import GROUPS

HEADINGS = ("#", "Fault", "How it is caused", "Command", "Exit", "stderr", "Also checked")


def page() -> str:
    """Return the page."""
    total = sum(len(rows) for rows in GROUPS.values())
    lines = [
        "# Faults that oocli is tested with",
        "",
        f"{total} faults. Each one really happens, and the program is run twice: as shown, and",
        "with `-vv --debug`, which must not print a secret either.",
    ]
    number = 0
    for group, rows in GROUPS.items():
        lines += ["", f"## {group} ({len(rows)})", "", _line(HEADINGS), _line(["---"] * 7)]
        for row in rows:
            number += 1
            lines.append(_line([str(number), *_cells(row)]))
    return "\n".join(lines) + "\n"


def _cells(row: Row) -> list[str]:
    how = row.made.how
    if row.run is not None:
        how = row.run.how if how == "-" else f"{how}; {row.run.how}"
    command = " ".join(["oocli", *(_quoted(word) for word in row.command)])
    return [
        row.fault,
        how,
        f"`{_short(command)}`",
        str(row.exit),
        "<br>".join(f"`{_shown(line)}`" for line in row.stderr) or "nothing",
        "; ".join(check.what for check in row.after) or "-",
    ]


def _quoted(word: str) -> str:
    plain = _shown(word)
    if plain != word:
        return f"$'{plain}'"
    return word if word and not set(word) & set(" '\"|&;<>()$*?") else f"'{word}'"


def _shown(text: str) -> str:
    escaped = [
        letter if letter.isprintable() else letter.encode("unicode_escape").decode()
        for letter in text
    ]
    return "".join(escaped)


def _short(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:117]}..."


def _line(cells: list[str] | tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.write(page())
