"""The types of FEEL as people read them: `list<string>` is a list of texts; the words stand in the tables of sentences."""

from __future__ import annotations

import re
from collections.abc import Mapping

Texts = Mapping[str, str]
_POINT = "number, text, date or duration"
_OPTIONS = "one of "


def type_in_words(written: str, texts: Texts) -> str:
    """A type, several with `or` between them, or what else an expression expects, in the language of these texts."""
    if f"@feel {written}" in texts:
        return texts[f"@feel {written}"]
    if written.startswith(_OPTIONS):
        return texts["@feel_options"].format(options=written.removeprefix(_OPTIONS))
    if "'" in written or '"' in written:
        return written  # a sign or word as it is typed
    several = written.replace(f"a {_POINT}", "point").split(" or ")
    return texts["@or"].join(_one(one, texts) for one in several)


def ways_in_words(written: str, texts: Texts) -> str:
    """The values a function takes: `from; or year, month, day`, `n, scale (optional)`."""
    if written == "no value":
        return texts["@no_value"]
    found = re.sub(r"; or ", f"; {texts['@or'].strip()} ", written)
    return found.replace("(optional)", f"({texts['@optional']})")


def _one(written: str, texts: Texts) -> str:
    """One type: a simple one, or one that holds others."""
    if written == "point":
        return texts[f"@feel {_POINT}"]
    if f"@feel {written}" in texts:
        return texts[f"@feel {written}"]
    outer, _, rest = written.partition("<")
    inner = rest.removesuffix(">").partition("<")[0]
    if outer in {"list", "range"} and f"@feel_many {inner}" in texts:
        return texts[f"@feel_{outer}_of"].format(of=texts[f"@feel_many {inner}"])
    return texts.get(f"@feel {outer}", written)
