"""Papers one after the other: made by a process that is kept, and never spoilt by one another."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest

from renderers import pdf, typesetters
from renderers.letters import Paper

PAPER = Paper(
    title="Décision",
    language="fr",
    sender=("Mairie (fictive)",),
    recipient=("Ada Fictive",),
    mentions=("CH-2026-00001",),
    day=date(2026, 10, 5),
    dated="5 octobre 2026",
    body=({"kind": "paragraph", "runs": [{"text": "Bonjour."}]},),
)


@pytest.fixture
def alone(monkeypatch):
    """No process is kept from other tests."""
    kept = typesetters.LifoQueue()
    monkeypatch.setattr(typesetters, "_idle", kept)
    yield kept
    while not kept.empty():
        kept.get().end()


def test_papers_are_made_by_one_process_and_a_faulty_one_spoils_none(alone):
    first = pdf.pdf(PAPER)
    with pytest.raises(pdf.NotTypeset):
        pdf.pdf(replace(PAPER, body=({"kind": "table", "rows": [[]]},)))
    assert pdf.pdf(PAPER) == first
    assert alone.qsize() == 1 and alone.queue[0].papers == 3


def test_process_that_ended_meanwhile_is_replaced(alone):
    first = pdf.pdf(PAPER)
    alone.queue[0]._process.kill()
    alone.queue[0]._process.wait()
    assert pdf.pdf(PAPER) == first


def test_paper_that_takes_too_long_ends_its_process(alone, monkeypatch):
    monkeypatch.setattr(pdf, "AT_MOST", 0.001)
    with pytest.raises(pdf.NotTypeset, match="took more than"):
        pdf.pdf(PAPER)
    assert alone.empty()


LEAVES = """
import atexit
atexit.register(lambda: print(one._process.poll()))
from renderers import typesetters
one = typesetters.Typesetter()
typesetters._keep(one)
"""


def test_nothing_is_left_running_by_who_leaves():
    left = subprocess.run([sys.executable, "-c", LEAVES], capture_output=True, text=True, check=True)
    assert left.stdout.strip() not in ("", "None")
