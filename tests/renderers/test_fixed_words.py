"""Words that never change are translated at compile time, and say the same as when they were asked for each time."""

import pytest
from jinja2 import Environment

from renderers.fixed_words import FixedWords

WORDS = {"Next": "Suite", "100%% sure": "sûr à 100 %%", "a < b": "a < b", "%(n)s left": "reste %(n)s"}


@pytest.fixture
def environment():
    made = Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
    said = lambda message: WORDS.get(message, message)  # noqa: E731
    made.install_gettext_callables(said, lambda one, many, n: one, newstyle=True)
    made.extend(said=said)
    made.add_extension(FixedWords)
    return made


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ('{{ _("Next") }}', "Suite"),
        ('{{ _("100%% sure") }}', "sûr à 100 %"),
        ('{{ _("a < b") }}', "a < b"),
        ('{{ _("Next")|upper }}', "SUITE"),
        ('{{ _("Next") if true else _("other") }}', "Suite"),
        ('{{ _("%(n)s left", n="<3>") }}', "reste &lt;3&gt;"),
        ('{% set word = _("Next") %}{{ word }}', "Suite"),
        ("{{ _(message) }}", "Suite"),
    ],
)
def test_words_are_said_as_before(environment, template, text):
    assert environment.from_string(template).render(message="Next") == text


def test_fixed_words_are_not_asked_for_again(environment):
    template = environment.from_string('{{ _("Next") }}')
    WORDS["Next"] = "Autre"
    try:
        assert template.render() == "Suite"
    finally:
        WORDS["Next"] = "Suite"
