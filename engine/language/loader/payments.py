"""How an award is paid: its instalments, and the account the money leaves from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from stdnum import iban
from stdnum.exceptions import ValidationError

from engine.feel import types
from engine.language.expressions import Expression
from engine.language.loader.loading import Data, Loading, Scope
from engine.language.loader.names import mapping
from engine.language.loader.rules import words
from engine.language.loader.sub_states import with_parts
from engine.language.payment_model import Instalment, PaidFrom
from engine.language.scalars import is_number, read_number
from engine.problems import Path

PERCENT = re.compile(r"\s*(\d+)(?:[.,](\d+))?\s*%\s*")
PATH: Path = ("award", "instalments")


def load_instalments(load: Loading, scope: Scope) -> dict[str, Instalment]:
    """The parts of the payment, in order; none when all is due at once. `scope` is what an award knows."""
    known = dict.fromkeys(("computed", "granted", "paid"), types.Number("money"))
    here = scope.with_names({"award": types.Context(dict(known))})
    found = mapping(mapping(load.data, "award"), "instalments")
    read = {id: _instalment(load, id, data, here) for id, data in found.items() if isinstance(data, Mapping)}
    _check_shares(load, read)
    return read


def _instalment(load: Loading, id: str, data: Data, scope: Scope) -> Instalment:
    path: Path = (*PATH, id)
    if ("share" in data) == ("amount" in data):
        load.report("share_or_amount", path, at_key=True)
    states = words(data.get("pay_on"))
    declared: Mapping[str, Any] = mapping(mapping(load.source.data, "workflow"), "states")
    for number, name in enumerate(states):
        listed = isinstance(data.get("pay_on"), list)
        load.known(
            "unknown_state", (*path, "pay_on", number) if listed else (*path, "pay_on"), name, declared
        )
    return Instalment(
        id,
        with_parts(load, states),
        load.text(data, "label", path, Scope()),
        _share(load, data, path, scope),
        load.expression(data, "amount", path, scope, types.NUMBER),
        data.get("below_zero"),
    )


def _share(load: Loading, data: Data, path: Path, scope: Scope) -> Expression | None:
    """`50 %` is 50 here, where elsewhere in FEEL it would be 0.5: a share is a number of percent."""
    written = data.get("share")
    if isinstance(written, str) and (percent := PERCENT.fullmatch(written)):
        figure = ".".join(part for part in percent.groups() if part)
        load.report("feel_instead", (*path, "share"), found=written.strip(), instead=figure)
        return None
    return load.expression(data, "share", path, scope, types.NUMBER)


def _check_shares(load: Loading, instalments: Mapping[str, Instalment]) -> None:
    """Warn of a share up to 1, most likely a part of one (`0.5`), unless all shares make 100."""
    shares = {id: one.share.text for id, one in instalments.items() if one.share is not None}
    plain = {id: read_number(text) for id, text in shares.items() if is_number(text)}
    if sum(plain.values()) == 100:
        return
    for id, share in plain.items():
        if 0 < share <= 1:
            instead = f"{(share * 100).normalize():f}"
            load.report(
                "share_of_one", (*PATH, id, "share"), severity="warning", found=f"{share:f}", instead=instead
            )


def load_paid_from(load: Loading) -> PaidFrom | None:
    """The account of the office; None when the public accountant pays."""
    data = mapping(mapping(load.data, "award"), "paid_from")
    if "iban" not in data:
        return None
    written = str(data["iban"])
    try:
        account = iban.validate(written)
    except ValidationError:
        load.report("bad_account", ("award", "paid_from", "iban"), found=written)
        return None
    return PaidFrom(account, str(data.get("bic", "")).replace(" ", "").upper())
