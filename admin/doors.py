"""The blueprint, and the mark every view carries: who may call it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, TypeVar

from flask import Blueprint

View = TypeVar("View", bound=Callable[..., Any])
Audience = Literal["anyone", "staff", "administrator"]

blueprint = Blueprint("admin", __name__, url_prefix="/bureau")


def open_to(audience: Audience) -> Callable[[View], View]:
    """State who may call a view; `guichet` holds each route to it, and refuses to start for one without."""

    def mark(view: View) -> View:
        view.open_to = audience  # type: ignore[attr-defined]
        return view

    return mark
