"""No text does any harm: nothing comes out but the declared error, nothing hangs, what is written reads back."""

import os
from pathlib import Path

import pytest

from bench.feel_soup import kit_texts
from bench.feel_work import counted_calls
from bench.fuzz_feel import fuzz

CALLS = 300_000  # of Python and C functions for one stage of one text; `python -m bench.fuzz_feel` holds it to a time


@pytest.mark.parametrize("seed", range(4))
def test_any_text_is_read_or_refused(seed: int) -> None:
    kit = os.environ.get("GUICHET_FEEL_KIT")
    known = kit_texts(Path(kit)) if kit and Path(kit).is_file() else None
    with counted_calls() as calls:
        found = fuzz(seed, 1000, known=known, meter=calls)
    assert sum(found.seen.values()) == 1000
    assert found.evaluated > 100
    assert not found.faults, found.faults[:5]
    assert max(found.slow)[0] < CALLS
