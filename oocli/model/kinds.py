"""The kinds of portal, one row each: every value in which they differ.

Sources are files of ONLYOFFICE/CommunityServer (Workspace) and ONLYOFFICE/DocSpace-server.
"""

from __future__ import annotations

from typing import NamedTuple


class Kind(NamedTuple):
    """One kind of portal.

    `name` is what `portals.json` records; `title` is what people read.
    """

    name: str
    title: str
    # The key in `settings/version/build` that tells this kind (BuildVersion.cs in both).
    version_key: str
    # Appended to every API path. DocSpace would take it as part of the last word.
    suffix: str
    # POST here with userName and password; Workspace's own documentation spells it with `.json`.
    sign_in_path: str
    # Where the code of a second factor goes: the last path segment, or also the body's `code`.
    code_in_body: bool
    # How a session ends: method, path, and whether the path lies below /api/2.0. Both kinds find
    # the session by its cookie alone (Auth.aspx.cs; AuthenticationController.cs).
    sign_out: tuple[str, str]
    # DocSpace binds a body even on DELETE and answers 415 without one; harmless on Workspace.
    wants_body: bool
    # Items a page: the default and the cap (web.autofac.config `maxPage`; ApiContext.cs).
    page_size: int
    page_cap: int
    # API keys and OAuth access tokens are DocSpace's alone (ApiKeysController.cs).
    has_api_keys: bool
    # DocSpace publishes the parameters of the client-side password hash (SettingsController.cs).
    hashes_password: bool
    # The sections of files, each with the request that lists it (DocumentsApi.cs;
    # FoldersController.cs and VirtualRoomsController.cs).
    sections: tuple[tuple[str, str], ...]
    # Workspace answers 403 for a file or folder that does not exist
    # (FileStorageServiceController.cs).
    hides_missing: bool
    # A file gets a new version by its id, past titles and the limit of uploads
    # (`files/{id}/update`, EntryManager.cs of Workspace).
    updates_by_id: bool
    # Chunks of an upload carry numbers: they may come in any order and more than once
    # (ChunkedUploaderHandler.cs of DocSpace). In order, a chunk sent again counts twice.
    numbers_chunks: bool


WORKSPACE = Kind(
    name="workspace",
    title="ONLYOFFICE Workspace",
    version_key="communityServer",
    suffix=".json",
    sign_in_path="authentication",
    code_in_body=False,
    sign_out=("GET", "/Auth.aspx?t=logout"),
    wants_body=False,
    page_size=1000,
    page_cap=1000,
    has_api_keys=False,
    hashes_password=False,
    sections=(
        ("my", "files/@my"),
        ("shared", "files/@share"),
        ("common", "files/@common"),
        ("projects", "files/@projects"),
        ("trash", "files/@trash"),
    ),
    hides_missing=True,
    updates_by_id=True,
    numbers_chunks=False,
)
DOCSPACE = Kind(
    name="docspace",
    title="ONLYOFFICE DocSpace",
    version_key="docSpace",
    suffix="",
    sign_in_path="authentication",
    code_in_body=True,
    sign_out=("POST", "/api/2.0/authentication/logout"),
    wants_body=True,
    page_size=100,
    page_cap=100,
    has_api_keys=True,
    hashes_password=True,
    sections=(
        ("my", "files/@my"),
        ("rooms", "files/rooms"),
        ("shared", "files/@share"),
        ("archive", "files/rooms?searchArea=Archive"),
        ("trash", "files/@trash"),
    ),
    hides_missing=False,
    updates_by_id=False,
    numbers_chunks=True,
)
# A portal that nobody has signed in to: what is harmless on both.
UNKNOWN = Kind(
    name="unknown",
    title="ONLYOFFICE portal",
    version_key="",
    suffix="",
    sign_in_path="authentication",
    code_in_body=True,
    sign_out=("POST", "/api/2.0/authentication/logout"),
    wants_body=True,
    page_size=100,
    page_cap=1000,
    has_api_keys=True,
    hashes_password=False,
    sections=tuple(dict((*WORKSPACE.sections, *DOCSPACE.sections)).items()),
    hides_missing=True,
    updates_by_id=False,
    numbers_chunks=False,
)
KINDS = (WORKSPACE, DOCSPACE)


def kind_named(name: str | None) -> Kind:
    """Return the kind that `portals.json` records under this name, `UNKNOWN` for any other."""
    return next((kind for kind in KINDS if kind.name == name), UNKNOWN)


def kind_from_build(build: object) -> Kind | None:
    """Return the kind that the `response` of settings/version/build tells, or None."""
    if not isinstance(build, dict):
        return None
    return next((kind for kind in KINDS if kind.version_key in build), None)
