"""Counters of attempts within a window of time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

LOGIN_ATTEMPTS = 5
LOGIN_WINDOW_S = 60.0
LOGIN_BLOCK_S = 60.0


@dataclass
class LoginGuard:
    """Blocks a login name from an address for 60 s after the sixth attempt within 60 s.

    Source: BruteForceLoginManager.cs in ONLYOFFICE/CommunityServer, web/core/ASC.Web.Core, and in
    ONLYOFFICE/DocSpace-server, web/ASC.Web.Core.
    """

    _history: dict[tuple[str, str], list[float]] = field(default_factory=dict)
    _blocked: dict[tuple[str, str], float] = field(default_factory=dict)

    def enter(self, login: str, address: str, now: float) -> bool:
        """Count an attempt; False while the pair is blocked, right password or not."""
        key = (login, address)
        if self._blocked.get(key, now) > now:
            return False
        history = [at for at in self._history.get(key, []) if at > now - LOGIN_WINDOW_S]
        history.append(now)
        if len(history) > LOGIN_ATTEMPTS:
            self._blocked[key] = now + LOGIN_BLOCK_S
            self._history.pop(key, None)
            return False
        self._history[key] = history
        return True

    def succeed(self, login: str, address: str) -> None:
        """Take back the attempt just counted: the password was right."""
        history = self._history.get((login, address))
        if history:
            history.pop()


@dataclass
class RateLimit:
    """Allows `limit` events for each key within `window_s` seconds."""

    limit: int
    window_s: float
    _events: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def take(self, key: str, now: float) -> bool:
        """Count an event; False when there were too many already."""
        recent = [at for at in self._events[key] if at > now - self.window_s]
        self._events[key] = [*recent, now]
        return len(recent) < self.limit

    def reset(self, key: str) -> None:
        """Forget the events of a key."""
        self._events.pop(key, None)
