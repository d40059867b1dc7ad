"""Who may use a route of machines: each view says so, or the application does not start."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


def open_to(audience: str) -> Callable[[View], View]:
    """Mark a view with its audience: anyone, applicant, staff or administrator."""

    def mark(view: View) -> View:
        view.open_to = audience  # type: ignore[attr-defined]
        return view

    return mark
