"""Cutting a label into lines that fit in a box, by the usual width of a letter."""

from __future__ import annotations

LETTER = 8.0  # pixels of a letter of 13 pixels, a little generous: fonts differ
NARROW = frozenset("iljtfrI.,;:'’|()[] ")


def width(text: str) -> float:
    """About how wide a line of 13 pixels is."""
    return sum(LETTER * (0.62 if sign in NARROW else 1.0) for sign in text)


def cut(text: str, across: float, most: int = 3) -> tuple[str, ...]:
    """The lines of a text in a width; what does not fit in `most` lines ends with an ellipsis."""
    lines: list[str] = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if not lines[-1] or width(longer) <= across:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) <= most:
        return tuple(lines)
    return (*lines[: most - 1], f"{lines[most - 1].rstrip(' ,;:.')}…")
