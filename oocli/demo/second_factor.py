"""Codes of authenticator apps, SMS codes, backup codes, and how many may be tried."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import string
from collections import defaultdict
from dataclasses import dataclass, field

from oocli.demo.accounts import Account

STEP_S = 30
BACKUP_CHARACTERS = string.ascii_letters + string.digits + "-_"
SMS_LIFETIME_S = 600.0


def totp(secret: bytes, at: float) -> str:
    """Return the six digits of RFC 6238 (SHA-1, steps of 30 s) at a Unix time."""
    digest = hmac.new(secret, int(at // STEP_S).to_bytes(8, "big"), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06d}"


def new_backup_codes() -> list[str]:
    """Create ten codes of the servers' characters, `-` and `_` among them.

    Source: ONLYOFFICE/CommunityServer, web/studio/ASC.Web.Studio/Core/Tfa/TfaManager.cs.
    """
    codes = ["".join(secrets.choice(BACKUP_CHARACTERS) for _ in range(6)) for _ in range(9)]
    return ["-a_B3x", *codes]


@dataclass
class RateLimit:
    """Allow `limit` events for each key within `window_s` seconds."""

    limit: int
    window_s: float
    _events: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def take(self, key: str, now: float) -> bool:
        """Count an event; return False if there were too many already."""
        recent = [at for at in self._events[key] if at > now - self.window_s]
        self._events[key] = [*recent, now]
        return len(recent) < self.limit

    def reset(self, key: str) -> None:
        """Forget the events of a key."""
        self._events.pop(key, None)


class FactorRefused(Exception):
    """A code was wrong, used, expired or one too many, or there is no phone for SMS."""


class TooManyMessages(FactorRefused):
    """No more codes are sent by SMS for now."""


@dataclass
class Challenge:
    """The second factor that a portal asks for after a right password."""

    sms: bool = False
    app: bool = False
    masked_phone: str = ""
    expires: float | None = None
    key: str = ""

    def members(self) -> dict[str, bool | str | None]:
        """Return the members of the response, in the order of the servers' classes."""
        phone, key = self.masked_phone or None, self.key or None
        return {"sms": self.sms, "phoneNoise": phone, "tfa": self.app, "tfaKey": key}


@dataclass
class SecondFactor:
    """The portal-wide setting, and the codes that were sent.

    An app accepts five wrong codes a minute, SMS five in ten minutes; six messages are sent in ten
    minutes (ONLYOFFICE/CommunityServer, web/core/ASC.Web.Core/Sms/SmsKeyStorage.cs).
    """

    mode: str | None = None
    attempts: RateLimit = field(default_factory=lambda: RateLimit(5, 60.0))
    messages: RateLimit = field(default_factory=lambda: RateLimit(6, 600.0))
    sent: dict[str, tuple[str, float]] = field(default_factory=dict)

    def prepare(self, accounts: list[Account]) -> None:
        """Set up the accounts for the mode."""
        self.attempts.window_s = 600.0 if self.by_sms else 60.0
        for account in accounts:
            account.totp_enrolled = self.mode == "app"
            account.backup_codes = new_backup_codes() if self.mode == "app" else []
            if self.mode == "sms-new":
                account.phone = ""

    @property
    def by_sms(self) -> bool:
        """Whether codes are sent by SMS."""
        return self.mode in ("sms", "sms-new")

    def challenge(self, account: Account, now: float) -> Challenge | None:
        """Return the second factor that is needed, if any; this may send an SMS."""
        if self.mode is None:
            return None
        if not self.by_sms:
            key = "" if account.totp_enrolled else manual_key(account)
            return Challenge(app=True, key=key)
        if not account.phone:
            return Challenge(sms=True)
        if account.id not in self.sent or self.sent[account.id][1] <= now:
            self.send(account, now)
        return self.sms_state(account)

    def sms_state(self, account: Account) -> Challenge:
        """Describe the SMS that was sent."""
        ends = self.sent.get(account.id, ("", 0.0))[1]
        return Challenge(sms=True, masked_phone=mask_phone(account.phone), expires=ends)

    def send(self, account: Account, now: float) -> None:
        """Send a new code; refused after six in ten minutes."""
        if not self.by_sms or not account.phone:
            raise FactorRefused("no SMS is sent")
        if not self.messages.take(account.id, now):
            raise TooManyMessages("too many SMS")
        self.sent[account.id] = (f"{secrets.randbelow(1_000_000):06d}", now + SMS_LIFETIME_S)

    def check(self, account: Account, code: str, now: float) -> Challenge:
        """Check a code. The first code of an app enrolls it; a backup code works once."""
        if self.mode is None or not code.strip():
            raise FactorRefused("no code is needed")
        if not self.attempts.take(account.id, now):
            raise FactorRefused("too many codes")
        if self.by_sms:
            right, ends = self.sent.get(account.id, ("", 0.0))
            if code != right or now >= ends:
                raise FactorRefused("wrong code")
            del self.sent[account.id]
        elif account.totp_enrolled and code in account.backup_codes:
            account.backup_codes.remove(code)
        elif code not in {totp(account.totp_secret, now + shift) for shift in (-30, 0, 30)}:
            raise FactorRefused("wrong code")
        elif not account.totp_enrolled:
            account.totp_enrolled = True
            account.backup_codes = new_backup_codes()
        self.attempts.reset(account.id)
        if self.by_sms:
            return Challenge(sms=True, masked_phone=mask_phone(account.phone))
        return Challenge(app=True)


def manual_key(account: Account) -> str:
    """Return the secret as typed into an authenticator app: base32 without padding."""
    return base64.b32encode(account.totp_secret).decode().rstrip("=")


def mask_phone(phone: str) -> str:
    """Mask a telephone number except for its ends."""
    return f"{phone[:2]}{'*' * max(len(phone) - 4, 0)}{phone[-2:]}"
