"""Words: how names are split into them, and what people say for what the API calls otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

_VOWELS = frozenset("aeiouy")
NAME_PIECES = re.compile(r"@?[A-Z]+(?=[A-Z][a-z])|@?[A-Z]?[a-z]+|[A-Z]+|[0-9]+")
# What questions are made of besides the words that matter.
STOP_WORDS = frozenset(
    "a am an and any are as at be been being by can could do does doing for from has have he her "
    "him his how i if in into is it its me of on onto one or our out over own please s she should "
    "so some t that the their them then there these they this those to up us via want was way we "
    "were what whats when where which who whom whose why will with without would you your "
    "actually api call endpoint give given need operation portal portals somebody someone "
    "something my their".split()
)
# How well each method fits, by what a question begins with. These words alone say nothing of what
# the operation is about.
VERBS: dict[str, dict[str, float]] = {
    word: methods
    for words, methods in (
        ("delete remove erase drop destroy", {"DELETE": 1.0, "PUT": 0.3, "POST": 0.2}),
        ("generate", {"POST": 1.0, "PUT": 0.7, "GET": 0.6}),
        ("create add new make register insert write", {"POST": 1.0, "PUT": 0.6}),
        (
            "get list show view see find check look display fetch read retrieve return all know "
            "tell every available current exist existing detail info information",
            {"GET": 1.0},
        ),
        (
            "change update edit set modify configure save adjust replace alter manage rename put",
            {"PUT": 1.0, "POST": 0.7, "PATCH": 0.7},
        ),
    )
    for word in words.split()
}
# Words that say what an operation does and are found in its name as well.
ACTIONS: dict[str, dict[str, float]] = {
    word: methods
    for words, methods in (
        (
            "start send begin launch run initiate trigger upload import vote subscribe unsubscribe "
            "copy invite reset restore revoke close reopen archive unarchive pin unpin lock unlock "
            "move merge unlink mark enable disable block unblock terminate stop cancel assign "
            "reassign transfer grant allow forbid limit restrict switch turn share convert "
            "duplicate finish complete accept approve resend suspend activate deactivate connect "
            "disconnect empty regenerate retry follow unfollow promote demote offboard kick force "
            "require answer reject redirect reorder clear encrypt bring hand comment buy order pay",
            {"PUT": 1.0, "POST": 1.0, "DELETE": 0.6, "PATCH": 0.8, "GET": 0.2},
        ),
        (
            "content count status who whether which history download search filter export last "
            "how many progress when",
            {"GET": 1.0, "POST": 0.4},
        ),
    )
    for word in words.split()
}
# What people say, and the words of the API for it; the words of one entry stand for one idea.
# A text of several words is looked for first. `!` before a method prefers that method.
EVERYDAY: dict[str, str] = {
    # accounts
    "account": "user people member profile account",
    "colleague": "user people",
    "employee": "user people member",
    "person": "person people user",
    "people": "people user member profile",
    "staff": "user people",
    "user": "user people member profile",
    "member": "member user people",
    "guest": "guest visitor",
    "visitor": "visitor guest employee",
    "myself": "self",
    "whoami": "self",
    "who am i": "self profile",
    "my profile": "self profile",
    "my account": "self profile",
    "current user": "self profile",
    "me": "self",
    "disable": "status terminate disable",
    "deactivate": "status terminate",
    "block": "status terminate block",
    "unblock": "status activate",
    "enable": "enable status settings",
    "offboard": "status terminate reassign remove",
    "suspend": "suspend status terminate",
    "fire": "status terminate",
    "onboard": "people member",
    "invite": "invite invitation",
    "invitation": "invite invitation",
    "role": "type role administrator",
    "promote": "type administrator",
    "demote": "type administrator",
    "admin": "administrator admin",
    "admin right": "administrator",
    "administrator right": "administrator",
    "make admin": "administrator type",
    "handover": "reassign owner",
    "hand over": "reassign owner",
    "transfer data": "reassign",
    "transfer file": "reassign",
    "transfer ownership": "owner",
    "personal data": "user data remove",
    "department": "group department",
    "head": "manager",
    "boss": "manager",
    "team": "group team",
    "avatar": "photo avatar",
    "picture": "photo image avatar",
    "profile picture": "photo",
    "profile photo": "photo",
    "language": "culture language",
    "locale": "culture",
    "time zone": "timezone",
    "birthday": "birthday",
    "email address": "email",
    "mail address": "email address",
    "phone": "phone mobile",
    # signing in
    "login": "login authentication connection",
    "log in": "login authentication",
    "sign in": "login authentication",
    "login history": "audit login event",
    "log in history": "audit login event",
    "sign in history": "audit login event",
    "last login": "audit login last",
    "login attempt": "audit login",
    "failed login": "audit login",
    "log": "audit log history",
    "sign out": "logout",
    "log out": "logout",
    "session": "active connection session",
    "2fa": "tfa",
    "mfa": "tfa",
    "two factor": "tfa",
    "second factor": "tfa",
    "two factor authentication": "tfa",
    "authenticator": "tfa app",
    "backup code": "tfa code",
    "reset password": "password send",
    "forgot password": "password send",
    "forgotten password": "password send",
    "password policy": "password settings",
    "password rule": "password settings",
    "password strength": "password settings",
    "single sign on": "sso",
    "saml": "sso",
    "active directory": "ldap",
    "brute force": "loginsettings login settings",
    "session lifetime": "cookie settings",
    "api key": "key",
    "api token": "key",
    "access token": "token key",
    "personal access token": "key",
    "oauth": "oauth client",
    "ip": "ip iprestrictions",
    "whitelist": "restriction",
    "allowlist": "restriction",
    # files
    "trash": "trash",
    "bin": "trash",
    "recycle bin": "trash",
    "wastebasket": "trash",
    "my task": "self task",
    "my project": "self project",
    "my post": "self",
    "my blog": "self blog",
    "my bookmark": "self bookmark",
    "my calendar": "calendar",
    "my document": "my",
    "my file": "my",
    "document": "file document",
    "spreadsheet": "file",
    "presentation": "file",
    "directory": "folder",
    "subfolder": "subfolder folder",
    "favourite": "favorite",
    "starred": "favorite",
    "star": "favorite",
    "bookmark": "bookmark favorite",
    "recent": "recent",
    "recently": "recent",
    "latest": "recent last",
    "newest": "recent last",
    "version": "history version",
    "older version": "history version",
    "previous version": "version restore history",
    "who changed": "log history",
    "who deleted": "audit event",
    "who created": "audit event",
    "who did": "audit event",
    "how many": "count",
    "number of": "count",
    "change history": "log history",
    "change log": "log history",
    "chunk": "session",
    "large file": "session",
    "again": "retry resend",
    "cancel": "cancel terminate",
    "stop": "terminate stop delete",
    "abort": "terminate cancel delete",
    "revoke": "revoke delete",
    "reactivate": "status activate",
    "kick": "share",
    "ownership": "owner reassign",
    "take over": "reassign owner",
    "protected": "password",
    "remaining": "quota usedspace",
    "export": "export report",
    "expire": "lifetime tariff expiration",
    "automatic": "schedule auto",
    "automatically": "auto schedule",
    "regular": "schedule",
    "daily": "schedule",
    "kept": "lifetime",
    "retention": "lifetime",
    "how far": "progress status",
    "finished": "progress status",
    "done": "progress status",
    "ready": "progress status",
    "story": "history story",
    "history": "history story",
    "bring back": "restore unarchive",
    "back from the archive": "unarchive",
    "out of the archive": "unarchive",
    "log in again": "logoutallchangepassword",
    "end session": "connection logout",
    "close session": "connection logout",
    "network": "ip iprestrictions",
    "portal name": "greeting",
    "name of the portal": "greeting",
    "out of office": "autoreply",
    "vacation": "autoreply",
    "absence": "autoreply",
    "log in as": "impersonate",
    "sign in as": "impersonate",
    "scope": "permission scope",
    "connected": "thirdparty connected",
    "several": "batch",
    "copy": "copy",
    "calendar": "calendar",
    "room admin": "type",
    "share with user": "share",
    "chat": "xmpp talk",
    "revision": "history version",
    "share": "share sharing",
    "who can see": "share security",
    "who has access": "share security",
    "access right": "share access security",
    "access": "access share security",
    "permission": "share permission access security",
    "shared with": "share",
    "share link": "link sharedlink",
    "sharing link": "link sharedlink",
    "shared link": "link sharedlink",
    "public link": "link sharedlink external",
    "external link": "link sharedlink external",
    "link": "link url",
    "invite link": "employee invite invitation",
    "invitation link": "employee invite invitation",
    "link to invite": "employee invite invitation",
    "visitor url": "employee",
    "invite url": "employee invite invitation",
    "url": "url link",
    "download": "download presigned",
    "zip": "bulkdownload bulk download",
    "lock": "lock",
    "unlock": "lock",
    "checkout": "lock",
    "convert": "conversion saveaspdf",
    "conversion": "conversion",
    "thumbnail": "thumbnail preview",
    "preview": "preview thumbnail",
    "owner": "owner manager",
    "search": "search filter",
    "cloud storage": "thirdparty",
    "dropbox": "thirdparty",
    "google drive": "thirdparty",
    "onedrive": "thirdparty",
    "nextcloud": "thirdparty",
    "third party": "thirdparty",
    "background operation": "fileops operation",
    "running operation": "fileops operation",
    "workspace": "room",
    "room": "room",
    # the portal
    "quota": "quota",
    "disk space": "usedspace space quota",
    "free space": "usedspace quota",
    "used space": "usedspace",
    "storage space": "usedspace space",
    "space": "space usedspace",
    "disk": "space usedspace",
    "storage limit": "quota",
    "storage quota": "quota",
    "subscription": "tariff payment subscription",
    "plan": "tariff",
    "license": "license tariff",
    "licence": "license",
    "invoice": "invoice",
    "price": "price",
    "billing": "payment",
    "wallet": "wallet",
    "balance": "balance",
    "pay": "payment",
    "backup": "backup",
    "schedule": "schedule cron",
    "colour": "color",
    "list of backup": "backup history",
    "backup list": "backup history",
    "restore": "restore",
    "audit": "audit",
    "audit log": "audit event",
    "audit trail": "audit event",
    "activity log": "audit event",
    "event log": "audit event",
    "activity": "audit event feed history",
    "webhook": "webhook",
    "brand": "rebranding whitelabel",
    "branding": "rebranding whitelabel",
    "logo": "logo",
    "color": "color colortheme",
    "theme": "theme colortheme",
    "dark mode": "people theme",
    "welcome page": "greeting",
    "welcome": "greeting welcome",
    "domain": "domain dns",
    "trusted domain": "mail domain",
    "mail server": "mailserver smtp",
    "smtp": "smtp",
    "outgoing mail": "smtp",
    "test mail": "smtp test",
    "plugin": "webplugins",
    "plugin list": "webplugins",
    "push notification": "push notification",
    "content security policy": "csp",
    "cors": "csp",
    "csp": "csp",
    "statistic": "statistics",
    "visit": "visit statistics",
    "impersonate": "impersonate",
    "module": "module security webitem",
    "build number": "version build",
    "developer tool": "devtoolsaccess",
    "dev tool": "devtoolsaccess",
    "encrypt": "encryption",
    "migrate": "migrate migration",
    "deal": "opportunity",
    "customer": "contact",
    "client": "contact client",
    "company": "company",
    "lead": "contact opportunity",
    "discussion": "message discussion",
    "subtask": "subtask task",
    "time tracking": "time",
    "spent time": "time",
    "hour": "time",
    "mailbox": "mailbox account",
    "letter": "message",
    "wiki page": "wiki",
    "post": "post",
    "news": "event feed news",
}


@cache
def stem(word: str) -> str:
    """Return a word without the ending of a plural, a participle or a gerund."""
    if word in ("setting", "settings"):  # not to be taken for the verb
        return "setting"
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        word = word[:-2] if word.endswith(("xes", "ches", "shes", "sses")) else word[:-1]
    for ending in ("ing", "ed"):
        root = word.removesuffix(ending)
        if root != word and len(root) >= 3 and not _VOWELS.isdisjoint(root):
            doubled = root[-1] == root[-2] and root[-1] not in "ls"
            word = root[:-1] if doubled else root
    if len(word) > 3 and word.endswith("y"):
        return word
    return word.removesuffix("e") if len(word) > 3 else word


@cache
def split_name(name: str) -> tuple[str, ...]:
    """Return the words of a name: `getFileInfo`, `Active connections`, `@self`; in lower case."""
    return tuple(piece.lower().lstrip("@") for piece in NAME_PIECES.findall(name))


def divide(text: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return a name in lower case as the fewest known words, or whole where they do not fill it.

    `emptytrash` is `empty` and `trash`.
    """
    best: list[tuple[str, ...] | None] = [()] + [None] * len(text)
    for end in range(1, len(text) + 1):
        for start in range(max(0, end - 14), end - 1):
            before = best[start]
            if before is None or text[start:end] not in known:
                continue
            found = best[end]
            if found is None or len(before) + 1 < len(found):
                best[end] = (*before, text[start:end])
    return best[-1] or (text,)


def question_words(text: str) -> list[str]:
    """Return the words of a question in lower case, also those that stop words are made of."""
    return [word.lstrip("@") for word in re.findall(r"@?[a-z0-9]+", _spaced(text).lower())]


def _spaced(text: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
