"""The pictures as a browser draws them, with the fonts it has: nothing is written over anything else."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from engine.language import load_scheme
from renderers.pictures import form_svg, workflow_svg

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
SCHEMES = ("schemes/haute-savoie-emergency-grant", "schemes/bicycle-grant.yaml")
TEXTS = """[...document.querySelectorAll('svg text')].map(text => {
  const box = text.getBoundingClientRect(); return [text.textContent, box.left, box.top, box.right, box.bottom];
})"""
OUTSIDE = """[...document.querySelectorAll('.picture-state, .picture-page')].filter(group => {
  const frame = group.querySelector('rect').getBoundingClientRect();
  return [...group.querySelectorAll('text')].some(text => {
    const box = text.getBoundingClientRect(); return box.left < frame.left || box.right > frame.right;
  });
}).map(group => group.textContent)"""
LEADING = 2  # pixels of a line's box where no letter stands


@pytest.mark.parametrize("path", SCHEMES)
@pytest.mark.parametrize("draw", [workflow_svg, form_svg])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_label_covers_another_or_leaves_its_box(open_page, path, draw, language):
    scheme = load_scheme(ROOT / path)
    page = open_page(width=1200, javascript=True)
    page.set_content(f"<!doctype html><title>x</title>{draw(scheme, language)}")
    texts = page.evaluate(TEXTS)
    assert len(texts) > 5
    over = [(one[0], other[0]) for one, other in combinations(texts, 2) if _cover(one, other)]
    assert over == []
    assert page.evaluate(OUTSIDE) == []


def _cover(one, other) -> bool:
    across = one[1] < other[3] and other[1] < one[3]
    return across and one[2] + LEADING < other[4] - LEADING and other[2] + LEADING < one[4] - LEADING
