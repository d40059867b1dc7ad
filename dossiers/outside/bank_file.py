"""What a bank answers, read from its files: pain.002 (what it made of an order) and camt.054 (what it booked).

The files come from outside: nothing but the file is opened (no entity, no network), and its size is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from lxml import etree

Verdict = Literal["accepted", "pending", "paid", "rejected"]
MOST_BYTES = 20_000_000
MOST_LINES = 50_000
LONGEST = 70  # signs kept of what a bank writes in one place
_SPACE = re.compile(r"urn:iso:std:iso:20022:tech:xsd:(pain\.002|camt\.054)\.001\.\d\d\Z")
_VERDICTS: dict[str, Verdict] = {
    **dict.fromkeys(("ACTC", "ACCP", "ACSP", "ACWC", "ACWP", "ACFC"), "accepted"),
    **dict.fromkeys(("ACSC", "ACCC"), "paid"),
    **dict.fromkeys(("RJCT", "CANC", "BLCK"), "rejected"),
}


class Unread(Exception):
    """A file that can't be read; `code`: too_big, not_xml, not_a_return, no_number, too_many_lines."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Told:
    """What the bank says of one payment (`number`: its EndToEndId), or of all those of an order (`number` is "") that it
    doesn't name; `order`: the number of the file it answers to, "" when not said; `cents` in a `currency`, where it tells the sum."""

    number: str
    order: str
    verdict: Verdict
    reason: str = ""
    cents: int | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One file of the bank: its form, the bank's own number of it, what it tells, in its order."""

    form: str
    id: str
    told: tuple[Told, ...]


def read(content: bytes) -> Message:
    """Read a file of a bank. Raises Unread."""
    from lxml import etree  # three megabytes, for the few requests that read such a file

    if len(content) > MOST_BYTES:
        raise Unread("too_big")
    root = _root(content)
    found = _SPACE.match(etree.QName(root).namespace or "")
    if found is None:
        raise Unread("not_a_return")
    form = found[1]
    number = _text(root, "./*/{*}GrpHdr/{*}MsgId")
    if not number:
        raise Unread("no_number")
    told = tuple(_statuses(root) if form == "pain.002" else _entries(root))
    if len(told) > MOST_LINES:
        raise Unread("too_many_lines")
    return Message(form, number, told)


def _root(content: bytes) -> etree._Element:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise Unread("not_xml") from error
    if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]  # its stubs know too little
        raise Unread("not_xml")  # no file of a bank declares a document type: only an attack does
    return root


def _statuses(root: etree._Element) -> Iterator[Told]:
    """Each payment named, then what is said of the whole order, for those it doesn't name."""
    order = _text(root, "./*/{*}OrgnlGrpInfAndSts/{*}OrgnlMsgId")
    for one in root.iterfind("./*/{*}OrgnlPmtInfAndSts/{*}TxInfAndSts"):
        yield Told(
            _text(one, "{*}OrgnlEndToEndId"),
            order,
            _VERDICTS.get(_text(one, "{*}TxSts"), "pending"),
            _reason(one, "{*}StsRsnInf"),
            *_sum(one, "{*}OrgnlTxRef/{*}Amt/{*}InstdAmt"),
        )
    wholes = (("OrgnlGrpInfAndSts", "GrpSts"), ("OrgnlPmtInfAndSts", "PmtInfSts"))
    for place, name in wholes:
        for one in root.iterfind(f"./*/{{*}}{place}"):
            verdict = _VERDICTS.get(_text(one, f"{{*}}{name}"))
            if verdict is not None:
                yield Told("", order, verdict, _reason(one, "{*}StsRsnInf"))
                return  # the group says it for its parts


def _entries(root: etree._Element) -> Iterator[Told]:
    for entry in root.iterfind("./*/{*}Ntfctn/{*}Ntry"):
        is_booked = _text(entry, "{*}Sts") in ("BOOK", "") or _text(entry, "{*}Sts/{*}Cd") == "BOOK"
        parts = entry.findall("{*}NtryDtls/{*}TxDtls")
        for one in parts:
            yield _transaction(entry, one, is_booked=is_booked, alone=len(parts) == 1)
        if not parts:
            batch = "{*}NtryDtls/{*}Btch/"
            order = _text(entry, f"{batch}{{*}}MsgId") or _text(entry, f"{batch}{{*}}PmtInfId")
            number = "" if order else _text(entry, "{*}AcctSvcrRef") or _text(entry, "{*}NtryRef") or "-"
            yield Told(number, order, _booked(entry, entry, is_booked=is_booked))


def _transaction(entry: etree._Element, one: etree._Element, *, is_booked: bool, alone: bool) -> Told:
    number = _text(one, "{*}Refs/{*}EndToEndId") or _text(one, "{*}Refs/{*}AcctSvcrRef") or "-"
    places = ("{*}Amt", "{*}AmtDtls/{*}TxAmt/{*}Amt", "{*}AmtDtls/{*}InstdAmt/{*}Amt")
    sums = [_sum(one, place) for place in places] + ([_sum(entry, "{*}Amt")] if alone else [])
    cents, currency = next((found for found in sums if found[0] is not None), (None, ""))
    return Told(
        number, "", _booked(entry, one, is_booked=is_booked), _reason(one, "{*}RtrInf"), cents, currency
    )


def _booked(entry: etree._Element, one: etree._Element, *, is_booked: bool) -> Verdict:
    """Money that leaves the account was paid; what comes back to it was sent back."""
    if not is_booked:
        return "pending"
    side = _text(one, "{*}CdtDbtInd") or _text(entry, "{*}CdtDbtInd")
    return "rejected" if side == "CRDT" else "paid"


def _reason(one: etree._Element, place: str) -> str:
    return _text(one, f"{place}/{{*}}Rsn/{{*}}Cd") or _text(one, f"{place}/{{*}}Rsn/{{*}}Prtry")


def _sum(one: etree._Element, path: str) -> tuple[int | None, str]:
    """Cents, and the currency they are in; (None, "") where no sum stands."""
    found = one.find(path)
    if found is None:
        return None, ""
    try:
        written = Decimal(_text(one, path)) * 100
    except InvalidOperation:
        return None, ""
    if not written.is_finite() or written != written.to_integral_value() or written >= 10**15:
        return None, ""
    return int(written), " ".join(found.get("Ccy", "").split())[:LONGEST]


def _text(one: etree._Element, path: str) -> str:
    found: Any = one.findtext(path)
    return " ".join((found or "").split())[:LONGEST]
