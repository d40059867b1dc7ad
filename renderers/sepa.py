"""Payments as a bank reads them: a pain.001 file of SEPA credit transfers, the same whenever it is made again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from lxml import etree

Form = Literal["03", "09"]
FORMS: tuple[Form, ...] = ("03", "09")
_FOREIGN = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]")  # what SEPA's own set of signs doesn't have
_SPELT = {
    "œ": "oe",
    "Œ": "OE",
    "æ": "ae",
    "Æ": "AE",
    "ß": "ss",
    "ø": "o",
    "Ø": "O",
    "ł": "l",
    "Ł": "L",
    "’": "'",
}


@dataclass(frozen=True, slots=True)
class Transfer:
    """One payment: `id` comes back with the bank's answer (35 signs at most), `about` is what the payee reads."""

    id: str
    name: str
    iban: str
    cents: int
    about: str


@dataclass(frozen=True, slots=True)
class Order:
    """A file: `id` is the same each time it is made, so that a bank refuses it the second time."""

    id: str
    made_at: datetime
    debtor: str
    iban: str
    bic: str
    pay_on: date
    currency: str
    transfers: Sequence[Transfer]


def pain(order: Order, form: Form) -> bytes:
    """The order as pain.001.001.03 or .09, UTF-8."""
    from lxml import etree  # three megabytes, for the few requests that make such a file

    space = f"urn:iso:std:iso:20022:tech:xsd:pain.001.001.{form}"
    names: Any = {None: space}
    root = etree.Element(f"{{{space}}}Document", nsmap=names)
    body = _in(root, "CstmrCdtTrfInitn")
    head = _in(body, "GrpHdr")
    _in(head, "MsgId", order.id)
    _in(head, "CreDtTm", order.made_at.strftime("%Y-%m-%dT%H:%M:%S"))
    _sums(head, order)
    _in(_in(head, "InitgPty"), "Nm", plain(order.debtor, 70))
    block = _block(body, order, form)
    for one in order.transfers:
        _transfer(block, one, order.currency)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def plain(text: str, most: int) -> str:
    """A text in the signs banks take, accents off, cut to a length; "-" for one of which nothing is left."""
    spelt = "".join(_SPELT.get(sign, sign) for sign in text)
    bare = unicodedata.normalize("NFKD", spelt)
    kept = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return " ".join(_FOREIGN.sub(" ", kept).split())[:most].strip() or "-"


def _block(body: etree._Element, order: Order, form: Form) -> etree._Element:
    block = _in(body, "PmtInf")
    _in(block, "PmtInfId", order.id)
    _in(block, "PmtMtd", "TRF")
    _in(block, "BtchBookg", "true")
    _sums(block, order)
    _in(_in(_in(block, "PmtTpInf"), "SvcLvl"), "Cd", "SEPA")
    day = order.pay_on.isoformat()
    if form == "03":
        _in(block, "ReqdExctnDt", day)
    else:
        _in(_in(block, "ReqdExctnDt"), "Dt", day)
    _in(_in(block, "Dbtr"), "Nm", plain(order.debtor, 70))
    _in(_in(_in(block, "DbtrAcct"), "Id"), "IBAN", order.iban)
    bank = _in(_in(block, "DbtrAgt"), "FinInstnId")
    if order.bic:
        _in(bank, "BIC" if form == "03" else "BICFI", order.bic)
    else:
        _in(_in(bank, "Othr"), "Id", "NOTPROVIDED")
    _in(block, "ChrgBr", "SLEV")
    return block


def _transfer(block: etree._Element, one: Transfer, currency: str) -> None:
    made = _in(block, "CdtTrfTxInf")
    _in(_in(made, "PmtId"), "EndToEndId", one.id)
    _in(_in(made, "Amt"), "InstdAmt", _amount(one.cents)).set("Ccy", currency)
    _in(_in(made, "Cdtr"), "Nm", plain(one.name, 70))
    _in(_in(_in(made, "CdtrAcct"), "Id"), "IBAN", one.iban)
    _in(_in(made, "RmtInf"), "Ustrd", plain(one.about, 140))


def _sums(into: etree._Element, order: Order) -> None:
    _in(into, "NbOfTxs", str(len(order.transfers)))
    _in(into, "CtrlSum", _amount(sum(one.cents for one in order.transfers)))


def _in(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    found = parent.makeelement(f"{{{parent.nsmap[None]}}}{name}")
    found.text = text
    parent.append(found)
    return found


def _amount(cents: int) -> str:
    return f"{Decimal(cents).scaleb(-2):.2f}"
