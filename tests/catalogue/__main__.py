"""Update the files of the catalogue: `python -m tests.catalogue WORKSPACE DOCSPACE`.

The arguments are the OpenAPI files of both kinds of portal, in YAML or JSON, from the repository
ONLYOFFICE/api.onlyoffice.com: openapi/workspace/community-server.yaml and
openapi/docspace/docspace-backend.yaml. Without arguments, only the words of the search are updated,
for example after a change in oocli/catalogue/words.py.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from oocli.catalogue.operations import KIND_NAMES, load
from tests.catalogue import index
from tests.catalogue.openapi import Document, Facts


def read(path: Path) -> Facts:
    """Read an OpenAPI file."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        return dict(json.loads(text))
    import yaml  # from the extra `test`

    return dict(yaml.safe_load(text))


def main() -> None:
    """Write the files."""
    parser = argparse.ArgumentParser(prog="tests.catalogue", description=__doc__.partition(":")[0])
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="WORKSPACE DOCSPACE")
    files = parser.parse_args().files
    if len(files) not in (0, len(KIND_NAMES)):
        parser.error("give both OpenAPI files, that of Workspace first, or none")
    for kind, file in zip(KIND_NAMES, files, strict=False):
        lines = list(Document(read(file)).lines())
        text = "".join(f"{line}\n" for line in lines)
        index.PACKAGE.joinpath(f"{kind}.jsonl").write_text(text, encoding="utf-8", newline="\n")
        sys.stdout.write(f"{kind}: {len(lines)} operations\n")
    load.cache_clear()
    index.write()


if __name__ == "__main__":
    main()
