"""Counters of attempts in a window of time."""

from __future__ import annotations

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
        """Take the attempt just counted off again: the password was right."""
        history = self._history.get((login, address))
        if history:
            history.pop()


@dataclass
class Window:
    """Allows `most` events for each key within `span_s` seconds."""

    most: int
    span_s: float
    _events: dict[str, list[float]] = field(default_factory=dict)

    def take(self, key: str, now: float) -> bool:
        """Count an event; False when there were too many already."""
        events = [at for at in self._events.get(key, []) if at > now - self.span_s]
        events.append(now)
        self._events[key] = events
        return len(events) <= self.most

    def forget(self, key: str) -> None:
        """Start the key's count anew."""
        self._events.pop(key, None)
