"""Machines' door: what programs may read of the site, beginning with each scheme's JSON Schema."""

from api.schemes import blueprint

__all__ = ["blueprint"]
