"""The addresses mails and pages use are routes of the site."""

from __future__ import annotations

import dataclasses
import inspect

import pytest

from renderers.links import Links

PLACES = {
    name: tuple(inspect.signature(method).parameters)[1:]
    for name, method in vars(Links).items()
    if inspect.isfunction(method) and not name.startswith("_")
}


def test_there_are_addresses_to_compare():
    assert len(PLACES) > 20
    assert [one.name for one in dataclasses.fields(Links)] == ["base_url"]


@pytest.mark.parametrize("place", PLACES)
def test_address_is_whole_under_a_base(place):
    arguments = [f"x{number}" for number, _ in enumerate(PLACES[place])]
    path = getattr(Links(), place)(*arguments)
    assert path.startswith("/")
    assert getattr(Links("https://aides.example/"), place)(*arguments) == f"https://aides.example{path}"
