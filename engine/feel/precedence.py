"""Which operators bind tighter than others (DMN 1.5, 10.3.1.2)."""

# The higher, the tighter. Operators of one line are read from left to right.
OR, AND, COMPARISON, SUM, PRODUCT, POWER, NEGATION, ATTACHED = range(1, 9)
BINDING = {
    "or": OR, "and": AND,
    "=": COMPARISON, "!=": COMPARISON, "<": COMPARISON, "<=": COMPARISON, ">": COMPARISON, ">=": COMPARISON,
    "between": COMPARISON, "in": COMPARISON,
    "+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "**": POWER,
}  # fmt: skip
COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})
