"""Where oocli keeps things on this system."""

from __future__ import annotations

from pathlib import Path

import platformdirs


class Directories:
    """The three directories. State and cache may be deleted at any time."""

    # No named tuple: at each Tab on a portal's name, typing would be loaded for it alone.
    __slots__ = ("cache", "config", "state")

    def __init__(self, config: Path, state: Path, cache: Path) -> None:
        self.config, self.state, self.cache = config, state, cache

    @classmethod
    def find(cls, override: Path | None = None) -> Directories:
        """Return the directories of this system, or all three below `override`."""
        if override:
            base = override.absolute()
            return cls(base, base / "state", base / "cache")
        return cls(
            Path(platformdirs.user_config_dir("oocli", appauthor=False)),
            Path(platformdirs.user_state_dir("oocli", appauthor=False)),
            Path(platformdirs.user_cache_dir("oocli", appauthor=False)),
        )

    @property
    def portals(self) -> Path:
        """The file that knows the portals. No secret is in it."""
        return self.config / "portals.json"

    @property
    def credentials(self) -> Path:
        """The file that holds credentials after `--insecure-storage`, and only then."""
        return self.config / "credentials.json"
