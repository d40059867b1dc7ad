"""What everybody may read: no count by which somebody could be known."""

import pytest

from dossiers.services.public_figures import told


@pytest.mark.parametrize(
    ("counts", "found"),
    [
        ([12, 7, 0], (12, 7, 0)),
        ([12, 7, 4], (12, None, None)),  # one alone would be found by subtraction
        ([12, 3, 4], (12, None, None)),
        ([4], (None,)),
        ([0, 4], (0, None)),
        ([], ()),
    ],
)
def test_small_counts_are_not_told_nor_found_by_subtraction(counts, found):
    assert told(counts) == found
