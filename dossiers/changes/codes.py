"""The code of a draft: with the applicant's e-mail address it opens the draft on another device. It is made from the draft's
address by the site's key and isn't kept; the draft holds its digest."""

from __future__ import annotations

import re

from dossiers.outside.vault import Vault

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O or U: they are taken for others
MEANT = str.maketrans("OIL", "011")
BITS, LENGTH = 5, 12


def code_of(vault: Vault, public_id: str) -> str:
    """The code of a draft, in three groups: `7KQF-2M9T-XR4B`."""
    number = int(vault.blind_index(f"code of:{public_id}")[:15], 16)  # 60 bits
    signs = "".join(SIGNS[number >> BITS * place & 31] for place in range(LENGTH))
    return "-".join(signs[start : start + 4] for start in range(0, LENGTH, 4))


def digest_of(vault: Vault, typed: str) -> str:
    """The digest of a code however it is typed: small letters, spaces, the letter O for a zero."""
    bare = re.sub(r"[^0-9A-Z]", "", typed[:100].upper()).translate(MEANT)
    return vault.blind_index(f"code:{bare}")
