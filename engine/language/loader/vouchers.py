"""The file of vouchers for finance software (`award: vouchers`): each column is a text or a value of the payment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.feel import types
from engine.language.loader.loading import Data, Loading, Scope
from engine.language.loader.names import mapping
from engine.language.payment_model import VoucherColumn, Vouchers
from engine.problems import Path

PATH: Path = ("award", "vouchers")
PAYMENT: Mapping[str, types.Type] = {
    "number": types.Number("integer"),  # of the line
    "batch": types.Number("integer"),
    "reference": types.STRING,
    "name": types.STRING,
    "iban": types.STRING,
    "amount": types.Number("money"),
    "instalment": types.STRING,
    "paid_on": types.DATE,
}
PRINTED = (types.Number, types.String, types.Date)


def load_vouchers(load: Loading, scope: Scope) -> Vouchers | None:
    """The vouchers of the scheme; None when it declares none. `scope` is what an award knows."""
    data = mapping(mapping(load.data, "award"), "vouchers")
    if not data:
        return None
    here = scope.with_names({"payment": types.Context(dict(PAYMENT))})
    columns = mapping(data, "columns")
    found = tuple(_column(load, id, one, here) for id, one in columns.items() if isinstance(one, Mapping))
    known: dict[str, Any] = {
        key: data[key] for key in ("separator", "decimals", "dates", "encoding") if key in data
    }
    return Vouchers(found, **known)


def _column(load: Loading, id: str, data: Data, scope: Scope) -> VoucherColumn:
    path: Path = (*PATH, "columns", id)
    if ("text" in data) == ("value" in data):
        load.report("text_or_value", path, at_key=True)
    value = load.expression(data, "value", path, scope)
    if value is not None and not isinstance(value.type, (*PRINTED, types.Null, types.Any)):
        load.report("not_for_a_cell", (*path, "value"))
    text = str(data["text"]) if "text" in data else None
    return VoucherColumn(id, str(data.get("header", id)), text, value)
