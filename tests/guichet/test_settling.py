"""What a server does once the first visitors have been answered."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from guichet.server import LITTER, settle


@pytest.fixture
def collector() -> Iterator[None]:
    """The garbage collector, given back as it was."""
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


def test_what_every_visitor_uses_is_prepared_then_left_out_of_the_collectors_rounds(collector: None):
    prepared: list[list[int]] = []
    settle(lambda: prepared.append([0] * 10))
    assert prepared
    assert gc.get_freeze_count() > 1_000
    assert gc.get_threshold()[0] == LITTER
