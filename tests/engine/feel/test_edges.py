"""The last digit, the longest span, the greatest number: what the browser's evaluator showed when both were compared."""

from decimal import Decimal
from typing import Any

import pytest

from engine.feel import evaluate

LONG = "0.5411718001142124297113458991921755"
EDGES: list[tuple[str, Any]] = [
    (f"{LONG} ** 2 = {LONG} * {LONG}", True),
    ("58876229259751.54474686633069337129 ** 12", Decimal("1.734921595226784595947789753606599E+165")),
    ("abs(-1.234567890123456789012345678901234)", Decimal("1.234567890123456789012345678901234")),
    ('string(@"P0M" / 5e-6143)', "P0M"),
    ('number("1e7000")', None),
    ('number("0.12345678901234567890123456789012345678")', Decimal("0.1234567890123456789012345678901235")),
    ("string(time(10, 0, 59.99999999999999999999999999999999))", "10:00:59.999999"),
    ('time(7, 9, 3, @"PT0.000001S")', None),
    ('string(@"-P999999999DT1S")', None),
    ('-@"P999999999DT1S"', None),
    ('string(@"12:00:00" - @"P999999999DT1S")', "11:59:59"),
    ('string(@"2020-01-01" - @"P999999999DT1S")', "-2735888-12-29"),
    ('count(for d in @"9999-12-30"..@"10000-01-02" return d)', Decimal(4)),
    ('string((for d in [@"10000-01-02"..@"10000-01-03"] return d)[-1])', "10000-01-03"),
    ("stddev([1e6144, -1e6144])", None),
    ("sort([3, null, 1], function(a, b) a < b)", [Decimal(3), None, Decimal(1)]),
    ("sort([3, 1, 2], function(a, b) a < b)", [Decimal(1), Decimal(2), Decimal(3)]),
    ('is(@"10000-01-01T00:00:00Z", @"10000-01-01T02:00:00+02:00")', False),
    ('@"10000-01-01T00:00:00.5" = @"10000-01-01T00:00:00"', True),
]


@pytest.mark.parametrize(("text", "wanted"), EDGES, ids=[text for text, _ in EDGES])
def test_an_edge_gives_the_exact_value_and_no_error(text: str, wanted: Any):
    assert evaluate(text, {}) == wanted
