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


def siren(random: Random) -> str:
    """Nine digits, the last one their check digit."""
    digits = _digits(random, 8)
    return digits + luhn_digit(digits)


def siret(random: Random) -> str:
    """Fourteen digits: a SIREN and an establishment number, both with their check digit."""
    establishment = siren(random) + "0001"
    return establishment + luhn_digit(establishment)


def vat(random: Random) -> str:
    """A French VAT number: its key, then a SIREN."""
    company = siren(random)
    return f"FR{(12 + 3 * (int(company) % 97)) % 97:02}{company}"


def nir(random: Random) -> str:
    """A social security number with its key, of a department that doesn't exist (month 99)."""
    number = f"{random.choice('12')}{_digits(random, 2)}99{_digits(random, 8)}"
    return f"{number}{97 - int(number) % 97:02}"


def iban(random: Random) -> str:
    """A French IBAN: bank key (97 − …) and ISO 13616 check digits both right."""
    bank, branch, account = _digits(random, 5), _digits(random, 5), _digits(random, 11)
    key = 97 - (89 * int(bank) + 15 * int(branch) + 3 * int(account)) % 97
    basic = f"{bank}{branch}{account}{key:02}"
    check = 98 - int(basic + "152700") % 97  # "FR00" moved to the end, F = 15, R = 27
    return f"FR{check:02}{basic}"


def _digits(random: Random, count: int) -> str:
    return "".join(str(random.randrange(10)) for _ in range(count))
