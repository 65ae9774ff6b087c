"""The variables of the environment: the one place that reads them.

What they mean together with options is in `config/settings.py`. This module imports nothing slow,
because a shell that completes the name of a portal waits for it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

_PROXIES = ("https_proxy", "http_proxy", "all_proxy")


class Environment:
    """The process's environment: an empty variable counts as unset."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values

    @classmethod
    def of_process(cls) -> Environment:
        """Return the environment of this process."""
        return cls(os.environ)

    @classmethod
    def taken_from_process(cls) -> Environment:
        """Return the environment, and take the variables that hold secrets out of the process.

        For the program alone: a library must not change the environment of its caller. Libraries
        that read it (`--jq '$ENV'`) and children do not get to see them then.
        """
        found = cls(dict(os.environ))
        for name in found.secrets():
            os.environ.pop(name, None)
        return found

    def secrets(self) -> dict[str, str]:
        """Return the variables that hold a secret: the token, and proxies with a password."""
        return {
            name: value
            for name, value in self._values.items()
            if name == "OOCLI_TOKEN" or ("@" in value and name.lower() in _PROXIES)
        }

    def get(self, *names: str) -> str | None:
        """Return the first of these variables that is set."""
        return next((value for name in names if (value := self._values.get(name))), None)

    def is_empty(self, name: str) -> bool:
        """Whether the variable is set, but to nothing."""
        return self._values.get(name) == ""

    def without_oocli(self) -> Environment:
        """Return the environment without the variables of oocli."""
        return Environment(
            {name: value for name, value in self._values.items() if not name.startswith("OOCLI_")}
        )

    def for_demo(self, **more: str) -> dict[str, str]:
        """Return the variables for a run of oocli that talks to this machine alone.

        Proxies and CA certificates are for other hosts, so they are left out.
        """
        left_out = ("_PROXY", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")
        others = self.without_oocli()._values
        return {k: v for k, v in others.items() if not k.upper().endswith(left_out)} | more

    def flag(self, name: str) -> bool:
        """Whether the variable switches something on: set, and not `0`, `false`, `no`, `off`."""
        return (self.get(name) or "0").strip().lower() not in ("0", "false", "no", "off")

    def path(self, name: str) -> Path | None:
        """Return the variable as a path. Raises `RuntimeError` for `~name` without such a user."""
        value = self.get(name)
        return Path(value).expanduser() if value else None

    def for_user_command(self) -> dict[str, str]:
        """Return the environment for a command of the user's, without oocli's own secrets."""
        hidden = ("OOCLI_TOKEN", "OOCLI_TOKEN_FILE")
        return {name: value for name, value in self._values.items() if name not in hidden}

    def for_filter(self) -> dict[str, str]:
        """Return the environment for the process of `--jq`, whose expression can print it all."""
        secrets, others = self.secrets(), self.without_oocli()._values
        return {name: value for name, value in others.items() if name not in secrets}

    @property
    def shell_rewrites_paths(self) -> bool:
        """Whether a shell may turn `/people` into a Windows path, as MSYS and Git Bash do."""
        return sys.platform == "win32" and bool(self.get("MSYSTEM"))

    def columns(self) -> int:
        """Return the terminal's width that COLUMNS gives; 0 for none."""
        value = self.get("COLUMNS") or "0"
        return int(value) if value.isdecimal() and len(value) < 6 else 0

    def colour(self, option: str | None, *, is_terminal: bool) -> bool:
        """Decide on colour for one stream: option, then the variables, then what it is."""
        mode = option or self.get("OOCLI_COLOR") or "auto"
        if mode != "auto":
            return mode == "always"
        if self.get("NO_COLOR"):
            return False
        for name in ("CLICOLOR_FORCE", "FORCE_COLOR"):
            if (self.get(name) or "0") != "0":
                return True
        if self.get("CLICOLOR") == "0" or self.get("TERM") == "dumb":
            return False
        return is_terminal
