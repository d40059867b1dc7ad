"""The library behind the machine lends it no name, no jump and no memory."""

from __future__ import annotations

import pytest

from engine.language.model import Action, State, Text, Workflow
from workflows import machine

LABEL = Text({"fr": ("Essai",)})


def _workflow(*states):
    return Workflow({}, {id: State(id, LABEL) for id in states}, {})


def _action(id, sources, to):
    return Action(id, LABEL, sources, to, ("instructor",))


@pytest.mark.parametrize("name", ["trigger", "state", "to", "is_open", "may_go", "initial", "machine"])
def test_names_of_the_library_are_free(name):
    workflow = _workflow(name, "other")

    assert machine.step(workflow, name, _action(name, (name,), "other"), []) == "other"
    assert machine.step(workflow, "other", _action(name, ("other",), name), []) == name


def test_action_may_lead_back_to_its_state():
    assert machine.step(_workflow("open"), "open", _action("again", ("open",), "open"), []) == "open"


def test_first_permit_that_refuses_is_the_last_asked():
    asked = []

    def permit(name, answer):
        return lambda: asked.append(name) or answer

    permits = [permit("first", True), permit("second", False), permit("third", True)]

    assert machine.step(_workflow("a", "b"), "a", _action("go", ("a",), "b"), permits) is None
    assert asked == ["first", "second"]
