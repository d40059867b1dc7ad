"""Texts examined a moment ago: what somebody types is looked at several times in a row, by the check, the form, the pictures."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping

from engine.language import Bundle, Examined, examine

MOST = 8  # texts kept; a few people write at a time

_KNOWN: OrderedDict[str, Examined] = OrderedDict()
_LOOKING = threading.Lock()


def examined(files: Mapping[str, str]) -> Examined:
    """The scheme of these files with its problems and places, as `examine` finds them."""
    bundle = Bundle(files).with_library()
    key = bundle.checksum
    with _LOOKING:
        if key in _KNOWN:
            _KNOWN.move_to_end(key)
            return _KNOWN[key]
    found = examine(bundle)
    with _LOOKING:
        _KNOWN[key] = found
        while len(_KNOWN) > MOST:
            _KNOWN.popitem(last=False)
    return found
