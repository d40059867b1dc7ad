"""The language schemes are written in: from its YAML files to a Scheme, or to all the problems in them."""

from engine.language.bundle import Bundle
from engine.language.loader import Examined, check_scheme, examine, in_order, load_scheme
from engine.language.model import Scheme
from engine.problems import SchemeError

__all__ = [
    "Bundle",
    "Examined",
    "Scheme",
    "SchemeError",
    "check_scheme",
    "examine",
    "in_order",
    "load_scheme",
]
