"""The list somebody works through, kept along: they open dossiers of it, act, tick, write, slip, and stay in it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from flask import g, request
from werkzeug.datastructures import MultiDict

from admin.list_address import ListAddress, wanted_of
from admin.showing import LINKS, read
from dossiers.services import inbox

LONGEST_LIST = 2000


@dataclass(frozen=True, slots=True)
class Beside:
    """Addresses: the list somebody comes from, the dossier before this one in it and the one behind, "" at its ends."""

    back: str
    before: str
    behind: str


def list_of(slug: str) -> ListAddress | None:
    """The list that the page's address, or the form sent from it, carries along; None without one."""
    asked = request.form.get("_liste") if request.method == "POST" else request.args.get("liste")
    if asked is None:
        return None
    return ListAddress(slug, wanted_of(MultiDict(parse_qsl(asked[:LONGEST_LIST]))))


def beside(slug: str, public_id: str, onward: str | None) -> Beside | None:
    """What stands beside a dossier in that list; `onward` stood behind it before it moved."""
    address = list_of(slug)
    if address is None:
        return None
    if onward:
        return Beside(address.to(), "", address.dossier(onward))
    before, behind = read(inbox.neighbours, g.viewer, slug, address.wanted, public_id)
    return Beside(
        address.to(), address.dossier(before) if before else "", address.dossier(behind) if behind else ""
    )


def behind(slug: str, public_id: str) -> str | None:
    """The dossier behind one in that list, asked before an act that may take it from its place."""
    address = list_of(slug)
    if address is None:
        return None
    found: str | None = read(inbox.neighbours, g.viewer, slug, address.wanted, public_id)[1]
    return found


def piece() -> str:
    """The document open beside the answers, as the page's address or the form sent from it carries it."""
    return request.form.get("_piece", "") if request.method == "POST" else request.args.get("piece", "")


def to_dossier(slug: str, public_id: str, part: str = "", onward: str | None = None) -> str:
    """The address of a dossier's page, in that list, at one of its parts, with the
    document that was open; `onward`: the dossier to take up next."""
    address = list_of(slug)
    query = {} if address is None else {"liste": address.asked}
    if onward:
        query["suivant"] = onward
    elif open_beside := piece():
        query["piece"], part = open_beside, "answers"
    found = LINKS.dossier(slug, public_id) + (f"?{urlencode(query)}" if query else "")
    return f"{found}#{part}" if part else found
