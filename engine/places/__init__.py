"""Places people name: French communes and departments, countries. Read once, when first asked for; never the network."""

from engine.places.communes import Commune, commune, communes
from engine.places.countries import COUNTRIES
from engine.places.departments import Department, departments
from engine.places.finding import Found, begun, find

__all__ = [
    "COUNTRIES",
    "Commune",
    "Department",
    "Found",
    "begun",
    "commune",
    "communes",
    "departments",
    "find",
]
