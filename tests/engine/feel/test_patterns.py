"""Regular expressions of the standard, and that no pattern takes long."""

import pytest

from engine.feel import evaluate


@pytest.mark.parametrize(
    ("text", "pattern", "flags", "found"),
    [
        ("74000", "^[0-9]{5}$", "", True),
        ("7400", "^[0-9]{5}$", "", False),
        ("abracadabra", "bra", "", True),
        ("ABC", "abc", "i", True),
        ("a\nb", "a.b", "", False),
        ("a\nb", "a.b", "s", True),
        ("x\nabc", "^abc$", "m", True),
        ("hello world", "hello[ ] world", "x", True),
        ("X", "[A-Z-[OI]]", "", True),
        ("O", "[A-Z-[OI]]", "", False),
        ("é", r"\p{L}", "", True),
        ("é", r"\p{IsBasicLatin}", "", False),
        ("a1", r"^\D\d$", "", True),
        ("aaa", "^(a|aa)+$", "", True),
        ("abab", "^(ab){2}$", "", True),
        ("", "^$", "", True),
        ("a", "(", "", None),
        ("a", "a**", "", None),
        ("a", "[z-a]", "", None),
        ("a", "a", "y", None),
        ("aa", r"(a)\1", "", None),
    ],
)
def test_pattern_fits_as_the_standard_says(text: str, pattern: str, flags: str, found: bool | None) -> None:
    values = {"text": text, "pattern": pattern, "flags": flags}
    assert evaluate("matches(text, pattern, flags)", values) is found


@pytest.mark.parametrize(
    ("text", "pattern", "replacement", "result"),
    [
        ("abracadabra", "bra", "*", "a*cada*"),
        ("abracadabra", "a.*a", "*", "*"),
        ("abracadabra", "a.*?a", "*", "*c*bra"),
        ("darted", "^(.*?)d(.*)$", "$1c$2", "carted"),
        ("abcd", "(ab)|(a)", "[1=$1][2=$2]", "[1=ab][2=]cd"),
        ("0123456789", r"(\d{3})(\d{3})(\d{4})", "($1) $2-$3", "(012) 345-6789"),
        ("AAAA", "A+?", "b", "bbbb"),
        ("5 EUR", "EUR", r"\$", "5 $"),
        ("abc", "x*", "-", None),
        ("abc", "b", "$", None),
    ],
)
def test_matches_are_replaced(text: str, pattern: str, replacement: str, result: str | None) -> None:
    values = {"text": text, "pattern": pattern, "with": replacement}
    assert evaluate("replace(text, pattern, with)", values) == result


@pytest.mark.parametrize("pattern", ["(a+)+$", "^(a|aa)*$", "(a*)*b", "(.*)*x", "a?a?a?a?a?a?a?a?aaaaaaaa$"])
def test_evil_pattern_takes_one_pass(pattern: str) -> None:
    assert evaluate("matches(text, pattern)", {"text": "a" * 60 + "!", "pattern": pattern}) is False
