"""A long list is walked through page by page, each line once, whichever way."""

from dossiers.services.line_pages import PER_PAGE, Place, part_of

LINES = [f"{number}" for number in range(7, 7 + 2 * PER_PAGE + 3)]


def walked(step):
    """Every page from one end to the other: `step` gives the place of the next one, or None."""
    place, pages = None, []
    while True:
        part = part_of(LINES, int, place)
        pages.append(part)
        if (place := step(part)) is None:
            return pages


def test_every_line_stands_on_one_page_forward_and_on_the_same_pages_backward():
    forth = walked(lambda part: Place(part.later) if part.later else None)
    assert [line for part in forth for line in part.lines] == LINES
    assert [len(part.lines) for part in forth] == [PER_PAGE, PER_PAGE, 3]
    back = part_of(LINES, int, Place(forth[-1].earlier, before=True))
    assert back == forth[1]
    assert part_of(LINES, int, Place(back.earlier, before=True)) == forth[0]


def test_line_that_has_left_leads_to_the_beginning_and_a_short_list_has_one_page():
    assert part_of(LINES, int, Place(1)) == part_of(LINES, int, None)
    short = part_of(LINES[:2], int, None)
    assert (short.lines, short.earlier, short.later) == (("7", "8"), None, None)
    assert part_of((), int, None).lines == ()
