"""Imported by a run of oocli (OOCLI_TEST_IMPORT): drops the capabilities of root.

The permissions of folders and files then apply to the run, as they do for an ordinary user.
"""

from __future__ import annotations

import ctypes
import os


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Capabilities(ctypes.Structure):
    _fields_ = tuple((name, ctypes.c_uint32) for name in ("effective", "permitted", "inheritable"))


if os.geteuid() == 0:
    version_3 = _Header(0x20080522, 0)
    none = (_Capabilities * 2)()
    if ctypes.CDLL(None).capset(ctypes.byref(version_3), ctypes.byref(none)):
        os._exit(99)
