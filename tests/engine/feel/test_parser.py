"""Reading and writing: faults have a place and a remedy, and what is written reads back the same."""

import json

import pytest

from engine.feel import ANY, FeelError, check, evaluate, from_json, parse, to_json, unparse


@pytest.mark.parametrize(
    ("text", "start", "end", "sentence"),
    [
        ("", 0, 0, "There is no expression here: write one, for example 'income <= 19074'."),
        ("a == b", 2, 4, "== is not FEEL: write =."),
        ("a * 20 %", 4, 8, "20 % is not FEEL: write 0.2."),
        ("a * 2,5%", 4, 8, "2,5 % is not FEEL: write 0.025."),
        ("a && b", 2, 4, "&& is not FEEL: write and."),
        ("a ≤ b", 2, 3, "≤ is not FEEL: write <=."),
        ("name = “Ana”", 7, 8, '“ is not FEEL: write ".'),
        ("income < 12 000", 9, 15, "12 000 is not a number: write 12000."),
        ("a = $", 4, 5, "The sign $ has no meaning here: remove it."),
        ('a = "b', 4, 6, 'This text is never closed: add a " at its end.'),
        ("(a + b", 6, 6, "The expression stops too early: ')' is missing at its end."),
        ("a + ) b", 4, 5, "')' does not fit here: an expression was expected."),
        ("a )", 2, 3, "')' does not fit here: an operator or the end of the expression was expected."),
        ("if a then b", 11, 11, "The expression stops too early: 'else' is missing at its end."),
        (
            "1.5 days",
            0,
            8,
            "1.5 days is no duration: write for example 90 days or 2 months, with a whole number.",
        ),
        ("x instance of nombre", 14, 20, "There is no type named nombre: did you mean number."),
        (r'"\q"', 1, 3, r"\q is not an escape: write \\ for a backslash, or one of \n \t \r \" \' \u0041."),
    ],
)
def test_fault_has_place_and_remedy(text: str, start: int, end: int, sentence: str) -> None:
    with pytest.raises(FeelError) as caught:
        parse(text)
    assert (caught.value.start, caught.value.end, caught.value.message) == (start, end, sentence)


WRITTEN = [
    ("not x", "not(x)"),
    ("created + 90 days", 'created + duration("P90D")'),
    ("3 years", 'duration("P3Y")'),
    ("15 hours", 'duration("PT15H")'),
    ("a+b*c", "a + b * c"),
    ("(a+b)*c", "(a + b) * c"),
    ("a-(b-c)", "a - (b - c)"),
    ("(a and b) and c", "a and b and c"),
    ("a and (b or c)", "a and (b or c)"),
    ("-(a+b)", "-(a + b)"),
    ("(a = b) = c", "a = b = c"),
    ("a = (b = c)", "a = (b = c)"),
    ("if a then b else if c then d else e", "if a then b else if c then d else e"),
    ("(if a then b else c) + 1", "(if a then b else c) + 1"),
    ("for x in 1..3, y in ys return x*y", "for x in 1..3, y in ys return x * y"),
    ("some x in xs satisfies x>1", "some x in xs satisfies x > 1"),
    ("x in ]1..5[", "x in (1..5)"),
    ("x in (1,<5,[7..9])", "x in (1, < 5, [7..9])"),
    ("x in (>5)", "x in (> 5)"),
    ("x between 1 and 2 and y", "x between 1 and 2 and y"),
    ("xs[a>1].b[1]", "xs[a > 1].b[1]"),
    ("f(a:1,b:2)", "f(a: 1, b: 2)"),
    ('{a:1,"b c!":[1,2]}', '{a: 1, "b c!": [1, 2]}'),
    ("function(x:list<number>,y) x", "function(x: list<number>, y) x"),
    ("x instance of context<a:number>", "x instance of context<a: number>"),
    ('@"2020-01-01"', '@"2020-01-01"'),
    (r'"a\n\"b\""', r'"a\n\"b\""'),
    ("years and months duration(a, b)", "years and months duration(a, b)"),
    ("(<5)=x", "(< 5) = x"),
    ("[<5, 7]", "[(< 5), 7]"),
    ("1e40", "1E+40"),
    ("-x ** 2", "-x ** 2"),
    ("-(x ** 2)", "-(x ** 2)"),
    ("(1 in xs) instance of boolean", "(1 in xs) instance of boolean"),
]


@pytest.mark.parametrize(("text", "standard"), WRITTEN)
def test_tree_is_written_as_standard_feel(text: str, standard: str) -> None:
    assert unparse(parse(text)) == standard
    assert unparse(parse(standard)) == standard


@pytest.mark.parametrize("text", [text for text, _ in WRITTEN])
def test_json_of_a_tree_reads_back(text: str) -> None:
    tree = parse(text)
    data = json.loads(json.dumps(to_json(tree)))
    assert to_json(from_json(data)) == data
    assert from_json(data).text == unparse(tree)


@pytest.mark.parametrize("cell", ["-", "< 5", '"a", "b"', "not([1..3], 5)", "? > 3"])
def test_json_of_a_cell_reads_back(cell: str) -> None:
    data = to_json(parse(cell, unary=True))
    assert from_json(data) == parse(cell, unary=True)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"op": "Tree", "unary": False, "root": 3},
        {"op": "Tree", "unary": False, "root": {"op": "Exec", "text": "1"}},
        {"op": "Tree", "unary": False, "root": {"op": "Number", "value": "NaN"}},
        {"op": "Tree", "unary": False, "root": {"op": "Name"}},
        {"op": "Tree", "unary": False, "root": {"op": "Literal", "value": ["a"]}},
        {"op": "Tree", "unary": False, "root": {"op": "Path", "of": "x", "member": "y"}},
        {"op": "Tree", "unary": False, "root": {"op": "Negate", "of": {"op": "And", "parts": 3}}},
    ],
)
def test_foreign_json_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(FeelError):
        from_json(data)


def test_nodes_know_their_place() -> None:
    text = "closed and (income <= 19074)"
    second = parse(text).root.parts[1]  # type: ignore[attr-defined]
    assert text[second.start : second.end] == "(income <= 19074)"


def test_no_break_spaces_and_accents_are_read() -> None:
    assert evaluate("âge\u00a0+\u202f1", {"âge": 2}) == 3


NAMES = ("Pre-bid ratio", "profit and loss", "days in weekend", "Form 1040", "a/b")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Pre-bid ratio * 2", 6),
        ("Pre - bid ratio > 2 and profit  and loss = 4", True),
        ("for day in days in weekend return day", ["saturday", "sunday"]),
        ('some day in days in weekend satisfies day = "sunday"', True),
        ("Form 1040 + a/b", 11),
        ("a / c", 4),
        ("{foo+bar: 1, sum: foo + bar + 1}.sum", 2),
        ("{foo+bar: 1}.foo+bar", 1),
        ('{"if and": 1, then: if and}.then', 1),
        ("for x-y in [1, 2] return x-y * 2", [2, 4]),
        ("(function(x-y) x-y + 1)(2)", 3),
        ("[{x-y: 1}, {x-y: 2}][x-y > 1].x-y", [2]),
    ],
)
def test_known_names_with_signs_or_keywords_are_read_whole(text: str, value: object) -> None:
    given = dict(zip(NAMES, (3, 4, ["saturday", "sunday"], 5, 6), strict=True)) | {"a": 8, "c": 2}
    assert evaluate(text, given) == value
    assert check(text, dict.fromkeys(given, ANY)).problems == ()
    tree = parse(text, names=given)
    assert from_json(json.loads(json.dumps(to_json(tree)))).root == parse(unparse(tree), names=NAMES).root


def test_names_declared_inside_brackets_are_not_known_outside() -> None:
    assert evaluate("{inside: {a-b: 1}, outside: a-b}.outside", {"a": 5, "b": 2}) == 3


def test_functions_of_other_languages_are_refused() -> None:
    with pytest.raises(FeelError, match="write the calculation in FEEL"):
        parse('function(x) external {java: {class: "java.lang.Math", method signature: "cos(double)"}}')


@pytest.mark.parametrize("text", [r'@"10:30:0\5"', '@"10\t:10"', '{"f every ": 1}', '{"a  b": 1}'])
def test_odd_texts_and_keys_are_written_as_they_were_read(text: str) -> None:
    tree = parse(text)
    assert to_json(parse(unparse(tree))) == to_json(tree)


@pytest.mark.parametrize(
    "text", ["1e99999999999999999999999999", "1E-99999999999999999999999999", "1e9999999", "1e-9999999"]
)
def test_numbers_beyond_counting_are_refused(text: str) -> None:
    with pytest.raises(FeelError, match="more digits than can be kept"):
        parse(text)


def test_a_quote_in_a_literal_with_an_at_sign_is_written_back_closed():
    text = '@"PT(2)\\"" + time'
    assert unparse(parse(text)) == text


@pytest.mark.parametrize(
    ("text", "standard"),
    [
        ('(date) and (time)("10:00:00")', 'date and (time("10:00:00"))'),
        ("x in date and (time)", "x in date and (time)"),
        ("x between (date) and (time)(a)", "x between date and (time(a))"),
        ("(days) and (time duration)", "days and (time duration)"),
        ("(years) and (months duration)", "years and (months duration)"),
        ('date and time("2020-05-12T10:00:00")', 'date and time("2020-05-12T10:00:00")'),
    ],
)
def test_a_conjunction_is_never_written_as_a_name_that_holds_and(text: str, standard: str) -> None:
    assert unparse(parse(text)) == standard
    assert unparse(parse(standard)) == standard
