"""The kinds of portal, and all values in which they differ.

The sources are files of ONLYOFFICE/CommunityServer (Workspace) and ONLYOFFICE/DocSpace-server.
"""

from __future__ import annotations

from typing import NamedTuple


class Kind(NamedTuple):
    """One kind of portal.

    `name` is for `portals.json` and options, `title` for messages.
    """

    name: str
    title: str
    # The key in `settings/version/build` that only this kind has (BuildVersion.cs in both).
    version_key: str
    # Added to every API path. DocSpace would read it as part of the last word.
    suffix: str
    # For a POST with userName and password. Workspace's own documentation adds `.json`.
    sign_in_path: str
    # Whether the code of a second factor is sent in the body as well as in the last path segment.
    code_in_body: bool
    # Method and path that end a session. Both kinds find the session only by its cookie
    # (Auth.aspx.cs; AuthenticationController.cs).
    sign_out: tuple[str, str]
    # DocSpace expects a body even for DELETE and answers 415 without one.
    wants_body: bool
    # Items in a page: the default and the maximum (web.autofac.config `maxPage`; ApiContext.cs).
    page_size: int
    page_cap: int
    # Only DocSpace has API keys and OAuth access tokens (ApiKeysController.cs).
    has_api_keys: bool
    # DocSpace publishes the parameters for a password hash by the client (SettingsController.cs).
    hashes_password: bool
    # The sections of files, each with the path that lists it (DocumentsApi.cs;
    # FoldersController.cs and VirtualRoomsController.cs).
    sections: tuple[tuple[str, str], ...]
    # Workspace answers 403 for a file or folder that does not exist
    # (FileStorageServiceController.cs).
    hides_missing: bool
    # A new version of a file is uploaded to its id, without regard to titles and the maximum size
    # of uploads (`files/{id}/update`, EntryManager.cs of Workspace).
    updates_by_id: bool
    # The chunks of an upload have numbers, so they may be sent in any order and more than once
    # (ChunkedUploaderHandler.cs of DocSpace). Without numbers, a chunk sent again counts twice.
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
# A portal that nobody has signed in to. These values work on both kinds.
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
    """Return the kind of this name, `UNKNOWN` for any other name."""
    return next((kind for kind in KINDS if kind.name == name), UNKNOWN)


def kind_from_build(build: object) -> Kind | None:
    """Return the kind of a portal from the `response` of settings/version/build, or None."""
    if not isinstance(build, dict):
        return None
    return next((kind for kind in KINDS if kind.version_key in build), None)
