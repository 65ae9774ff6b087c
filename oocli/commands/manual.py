"""The manual pages of the commands.

They are written when the wheel is built (see .github/hatch_build.py). To read one:

    python -m oocli.commands.manual --write /tmp/man && man /tmp/man/oocli-call.1
"""

from __future__ import annotations

import argparse
from pathlib import Path

from oocli.commands.help_topics import TOPICS
from oocli.commands.schema import program
from oocli.render import manual


def write_all(directory: Path) -> None:
    """Write the page of every command into a directory, and create that if needed."""
    directory.mkdir(parents=True, exist_ok=True)
    topics = {name: topic.blocks for name, topic in TOPICS.items()}
    for name, text in manual.pages(program(), topics).items():
        (directory / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Write the manual pages of all commands.")
    parser.add_argument("--write", metavar="DIRECTORY", type=Path, required=True)
    write_all(parser.parse_args().write)
