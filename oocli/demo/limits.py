"""Counters of attempts within a window of time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

LOGIN_ATTEMPTS = 5
LOGIN_WINDOW_S = 60.0


@dataclass
class LoginGuard:
    """Blocks a login name from an address for 60 s after the sixth attempt within 60 s.

    Source: BruteForceLoginManager.cs in ONLYOFFICE/CommunityServer, web/core/ASC.Web.Core, and in
    ONLYOFFICE/DocSpace-server, web/ASC.Web.Core.
    """

    _attempts: dict[tuple[str, str], list[float]] = field(default_factory=dict)

    def enter(self, login: str, address: str, now: float) -> bool:
        """Count an attempt; False while the pair is blocked, right password or not."""
        attempts = self._attempts.get((login, address), [])
        attempts = [at for at in attempts if at > now - LOGIN_WINDOW_S]
        if len(attempts) > LOGIN_ATTEMPTS:
            return False
        attempts.append(now)
        if len(attempts) > LOGIN_ATTEMPTS:
            attempts = [now] * len(attempts)  # all of them count for the whole block
        self._attempts[login, address] = attempts
        return len(attempts) <= LOGIN_ATTEMPTS

    def succeed(self, login: str, address: str) -> None:
        """Take back the attempt just counted: the password was right."""
        self._attempts[login, address].pop()


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
