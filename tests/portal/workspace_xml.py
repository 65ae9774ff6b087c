"""The envelope of a Workspace portal in XML, for paths that end in `.xml` or `.tml`."""

from __future__ import annotations

from xml.sax.saxutils import escape

from oocli.demo.messages import JsonObject

XML_TYPE = "text/xml; charset=utf-8"


def to_xml(built: JsonObject) -> bytes:
    """Return a document as XML: a list repeats its element, and there are no attributes."""
    return ("<result>" + "".join(_element(*pair) for pair in built.items()) + "</result>").encode()


def _element(name: str, value: object) -> str:
    if isinstance(value, list):
        return "".join(_element(name, item) for item in value)
    if isinstance(value, dict):
        inner = "".join(_element(*pair) for pair in value.items())
    elif isinstance(value, bool):
        inner = str(value).lower()
    else:
        inner = "" if value is None else escape(str(value))
    return f"<{name}>{inner}</{name}>" if inner else f"<{name} />"
