"""Identifiers with valid check digits that belong to nobody we know of: for demonstrations and tests only."""

from __future__ import annotations

from random import Random


def luhn_digit(digits: str) -> str:
    """The digit which, put after `digits`, makes their Luhn sum a multiple of ten (ISO/IEC 7812-1)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return str(-total % 10)


def siret(random: Random) -> str:
    """Fourteen digits: a SIREN and an establishment number, both with their check digit."""
    siren = _digits(random, 8)
    siren += luhn_digit(siren)
    establishment = siren + "0001"
    return establishment + luhn_digit(establishment)


def iban(random: Random) -> str:
    """A French IBAN: bank key (97 − …) and ISO 13616 check digits both right."""
    bank, branch, account = _digits(random, 5), _digits(random, 5), _digits(random, 11)
    key = 97 - (89 * int(bank) + 15 * int(branch) + 3 * int(account)) % 97
    basic = f"{bank}{branch}{account}{key:02}"
    check = 98 - int(basic + "152700") % 97  # "FR00" moved to the end, F = 15, R = 27
    return f"FR{check:02}{basic}"


def _digits(random: Random, count: int) -> str:
    return "".join(str(random.randrange(10)) for _ in range(count))
