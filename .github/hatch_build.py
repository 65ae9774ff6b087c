"""Builds the manual pages into the wheel, from the same texts as the help."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ManualPages(BuildHookInterface):  # type: ignore[type-arg]
    """Adds `share/man/man1/*.1` to the wheel."""

    def dependencies(self) -> list[str]:
        """Return what the build needs: the commands are imported, and what they import."""
        return list(self.metadata.core.dependencies)

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the pages. An editable install gets none."""
        if version == "editable":
            return
        self._directory = tempfile.TemporaryDirectory()
        subprocess.run(
            [sys.executable, "-m", "oocli.commands.manual", "--write", self._directory.name],
            cwd=self.root,
            check=True,
        )
        for page in sorted(Path(self._directory.name).iterdir()):
            build_data["shared_data"][str(page)] = f"share/man/man1/{page.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the temporary directory."""
        if version != "editable":
            self._directory.cleanup()
