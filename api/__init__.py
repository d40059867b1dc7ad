"""Machines' door: what programs may read of the site, beginning with each scheme's JSON Schema."""

from api.prefilling import prefill
from api.schemes import blueprint

# Posted to with a token of its own and no cookie: there is no session another site could borrow.
TOKEN_ONLY = (prefill,)

__all__ = ["TOKEN_ONLY", "blueprint"]
