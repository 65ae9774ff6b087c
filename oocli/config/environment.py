"""The environment variables, which only this module reads, and the directories of oocli.

`config/settings.py` combines the variables with the options. This module imports nothing slow:
the shell waits for it whenever it completes the name of a portal.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import platformdirs

_PROXIES = ("https_proxy", "http_proxy", "all_proxy")


class Environment:
    """The environment variables. An empty variable counts as unset."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values

    @classmethod
    def of_process(cls) -> Environment:
        """Return the environment of this process."""
        return cls(os.environ)

    @classmethod
    def taken_from_process(cls) -> Environment:
        """Return a copy of the environment, and unset the variables that hold secrets.

        Libraries that read the environment (`--jq '$ENV'`) and child processes then do not see
        the secrets. Only the program may do this: a library must not change its caller's
        environment.
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
        """Return the value of the first of these variables that is set."""
        return next((value for name in names if (value := self._values.get(name))), None)

    def is_empty(self, name: str) -> bool:
        """Whether the variable is set to an empty value."""
        return self._values.get(name) == ""

    def flag(self, name: str) -> bool:
        """Whether the variable is set to anything but `0`, `false`, `no` or `off`."""
        return (self.get(name) or "0").strip().lower() not in ("0", "false", "no", "off")

    def path(self, name: str) -> Path | None:
        """Return the variable as a path. Raises `RuntimeError` for `~name` without such a user."""
        value = self.get(name)
        return Path(value).expanduser() if value else None

    def without_oocli(self) -> Environment:
        """Return the environment without the OOCLI_ variables."""
        return Environment(
            {name: value for name, value in self._values.items() if not name.startswith("OOCLI_")}
        )

    def for_demo(self, **more: str) -> dict[str, str]:
        """Return the variables for a run of oocli that connects only to this machine.

        Proxies and CA certificates are for other hosts, so they are left out.
        """
        left_out = ("_PROXY", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")
        others = self.without_oocli()._values
        return {k: v for k, v in others.items() if not k.upper().endswith(left_out)} | more

    def for_user_command(self) -> dict[str, str]:
        """Return the variables for a command that the user gave, without oocli's credentials."""
        hidden = ("OOCLI_TOKEN", "OOCLI_TOKEN_FILE")
        return {name: value for name, value in self._values.items() if name not in hidden}

    def for_filter(self) -> dict[str, str]:
        """Return the variables for the process of `--jq`, whose expression can print them."""
        secrets, others = self.secrets(), self.without_oocli()._values
        return {name: value for name, value in others.items() if name not in secrets}

    @property
    def shell_rewrites_paths(self) -> bool:
        """Whether the shell may turn `/people` into a Windows path, as MSYS and Git Bash do."""
        return sys.platform == "win32" and bool(self.get("MSYSTEM"))

    def columns(self) -> int:
        """Return the width of the terminal from COLUMNS, or 0 if that is no usable number."""
        value = self.get("COLUMNS") or "0"
        return int(value) if value.isdecimal() and len(value) < 6 else 0

    def color(self, option: str | None, *, is_terminal: bool) -> bool:
        """Whether to color one stream: the option decides, else the variables, else its type."""
        mode = option or self.get("OOCLI_COLOR") or "auto"
        if mode != "auto":
            return mode == "always"
        if self.get("NO_COLOR"):
            return False
        if any((self.get(name) or "0") != "0" for name in ("CLICOLOR_FORCE", "FORCE_COLOR")):
            return True
        return is_terminal and self.get("CLICOLOR") != "0" and self.get("TERM") != "dumb"


class Directories:
    """The directories of oocli. The state may be deleted at any time."""

    def __init__(self, base: Path | None = None) -> None:
        """Use directories below `base`, or by default those that the system provides."""
        if base:
            self.config = base.absolute()
            self.state = self.config / "state"
        else:
            self.config = Path(platformdirs.user_config_dir("oocli", appauthor=False))
            self.state = Path(platformdirs.user_state_dir("oocli", appauthor=False))

    @property
    def portals(self) -> Path:
        """The file of the known portals, which holds no secret."""
        return self.config / "portals.json"

    @property
    def credentials(self) -> Path:
        """The file of the credentials, which only `--insecure-storage` creates."""
        return self.config / "credentials.json"
