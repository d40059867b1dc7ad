"""Texts that would cost much if nothing bounded them, each with the code of the problem it must end in.

The tests count the work they take; `python -m bench.fuzz_feel` times them after the random ones.
"""

from __future__ import annotations

A = "a" * 2000

TOO_LONG_TO_READ = [
    ("1" * 5001, "too_long"),
    ("(" * 2400 + "1" + ")" * 2400, "too_deep"),
    ("[" * 3000, "too_deep"),
    ("{a:" * 1600, "too_deep"),
    ("1+" * 2499 + "1", "too_deep"),
    ("-" * 4900 + "1", "too_deep"),
    ("a" + ".b" * 2400, "too_deep"),
    ("a" + "[1]" * 1600, "too_deep"),
    ("f" + "(1)" * 1600, "too_deep"),
    ("if a then b else " * 290 + "c", "too_deep"),
    ("not " * 1200 + "x", "too_deep"),
    ("1 instance of " + "list<" * 900, "too_deep"),
    ("function(a) " * 400 + "1", "too_deep"),
]
TOO_LONG_TO_EVALUATE: list[tuple[str, str | None]] = [
    ("for i in 1..1000000000 return i", "too_much_work"),
    ("for a in 1..1000, b in 1..1000, c in 1..1000 return a", "too_much_work"),
    ("some a in 1..1000, b in 1..1000000 satisfies false", "too_much_work"),
    ("every x in [1..1e30] satisfies true", "too_much_work"),
    ("flatten(for i in 1..100 return partial)", "too_big"),
    ("string(for i in 1..40 return partial)", "too_big"),
    ("(function(f) f(f))(function(f) f(f))", "too_deep"),
    (f'matches("{A}", "(a|aa)*(a+)+$") and matches("{A}", "(a+)+b")', "too_much_work"),
    (f'replace("{A}", "a", "{A}")', "too_big"),
    ('for i in 1..5000 return matches("aaaaaaaaaaaaaaaaaaaa", "(a+)+b")', "too_much_work"),
    ("[" + "2 ** 0.5, " * 490 + "1]", "too_much_work"),
    ("for i in 1..9000 return i ** 0.5", "too_much_work"),
    ("for i in 1..9000 return log(i) + sqrt(i)", "too_much_work"),
    (f'for i in 1..9000 return upper case("{A}")', "too_much_work"),
    ('for i in 1..9000 return range("[1..999999999999999]")', "too_much_work"),
    ("sort(for i in 1..9000 return modulo(i * 7919, 9001), function(a, b) a < b)", "too_much_work"),
    ("index of(for i in 1..5000 return [i], [1])", "too_much_work"),
    ("index of(for i in 1..1000 return [i], [1])", None),
    ("[1..99999999] instance of list<number>", None),
    ("for i in 1..9000 return 9 ** 99999 + exp(6000)", "too_much_work"),
    ("for i in 1..9000 return 1.000000000000000000000000000000001 ** 1.7e32", "too_much_work"),
    ("(for i in 1..60 return partial).a", "too_much_work"),
    ("1 in (for i in 1..60 return partial)", "too_much_work"),
    ("{x: for i in 1..14 return partial, y: for i in 1..1000 return x = x}", "too_much_work"),
    ("{x: for i in 1..14 return partial, y: index of(for i in 1..1000 return x, x)}", "too_much_work"),
    (
        "{x: for i in 1..14 return partial, y: for i in 1..1000 return distinct values([x, x])}",
        "too_much_work",
    ),
    ("{x: for i in 1..14 return partial, y: for i in 1..1000 return string(x)}", "too_much_work"),
    (f'count(split("{A}", "a?a?a?a?a?a?a?aaaaaaaa"))', "too_much_work"),
    ("(function(f, n) f(f, n))(function(f, n) if n = 0 then 0 else f(f, n - 1), 5000)", "too_deep"),
]
