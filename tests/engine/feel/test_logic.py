"""Three-valued logic, as the tables of the standard have it (DMN 1.5, tables 50 and 51)."""

import pytest

from engine.feel import evaluate

TRUE, FALSE, UNKNOWN = True, False, None
VALUES = {"t": True, "f": False, "u": None, "n": 1}


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        ("t", "t", TRUE, TRUE),
        ("t", "f", FALSE, TRUE),
        ("t", "u", UNKNOWN, TRUE),
        ("f", "f", FALSE, FALSE),
        ("f", "u", FALSE, UNKNOWN),
        ("u", "u", UNKNOWN, UNKNOWN),
        ("t", "n", UNKNOWN, TRUE),
        ("f", "n", FALSE, UNKNOWN),
        ("n", "n", UNKNOWN, UNKNOWN),
    ],
)
def test_and_or_follow_the_standard(left: str, right: str, both: bool | None, either: bool | None) -> None:
    assert evaluate(f"{left} and {right}", VALUES) is both
    assert evaluate(f"{right} and {left}", VALUES) is both
    assert evaluate(f"{left} or {right}", VALUES) is either
    assert evaluate(f"{right} or {left}", VALUES) is either


@pytest.mark.parametrize(("name", "result"), [("t", FALSE), ("f", TRUE), ("u", UNKNOWN), ("n", UNKNOWN)])
def test_not_follows_the_standard(name: str, result: bool | None) -> None:
    assert evaluate(f"not({name})", VALUES) is result
    assert evaluate(f"not {name}", VALUES) is result


@pytest.mark.parametrize(
    ("items", "some", "every"),
    [
        ("[t, f]", TRUE, FALSE),
        ("[t, t]", TRUE, TRUE),
        ("[f, u]", UNKNOWN, FALSE),
        ("[t, u]", TRUE, UNKNOWN),
        ("[]", FALSE, TRUE),
    ],
)
def test_quantifiers_are_and_and_or(items: str, some: bool | None, every: bool | None) -> None:
    assert evaluate(f"some x in {items} satisfies x", VALUES) is some
    assert evaluate(f"every x in {items} satisfies x", VALUES) is every
    assert evaluate(f"any({items})", VALUES) is some
    assert evaluate(f"all({items})", VALUES) is every


def test_not_binds_looser_than_comparison() -> None:
    assert evaluate("not x = 1 and y", {"x": 2, "y": True}) is True
    assert evaluate("not x = 1 and y", {"x": 1, "y": True}) is False
