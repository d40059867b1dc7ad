"""The demonstration's identifiers pass the same checks as real ones."""

from random import Random

from stdnum import iban as stdnum_iban
from stdnum.fr import siret as stdnum_siret

from authoring.samples import numbers


def test_invented_sirets_pass_the_real_check():
    random = Random(74)
    assert all(stdnum_siret.is_valid(numbers.siret(random)) for _ in range(200))


def test_invented_ibans_pass_both_checks():
    random = Random(74)
    for _ in range(200):
        iban = numbers.iban(random)
        bank, branch, account, key = iban[4:9], iban[9:14], iban[14:25], iban[25:27]
        assert stdnum_iban.is_valid(iban)
        assert (89 * int(bank) + 15 * int(branch) + 3 * int(account) + int(key)) % 97 == 0
