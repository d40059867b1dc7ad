"""Words and addresses that never change are written at compile time, and say the same as when they were asked for each time."""

import pytest
from jinja2 import Environment

from renderers.fixed_words import FixedAddresses, FixedWords
from renderers.links import Links

WORDS = {"Next": "Suite", "100%% sure": "sûr à 100 %%", "a < b": "a < b", "%(n)s left": "reste %(n)s"}


@pytest.fixture
def environment():
    made = Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
    said = lambda message: WORDS.get(message, message)  # noqa: E731
    made.install_gettext_callables(said, lambda one, many, n: one, newstyle=True)
    made.extend(said=said)
    made.globals["links"] = Links()
    made.add_extension(FixedWords)
    made.add_extension(FixedAddresses)
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


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ('<a href="{{ links.home() }}">', '<a href="/">'),
        ('{{ links.static("form/live.js") }}', "/static/form/live.js"),
        ('{{ links.static("a&b.css") }}', "/static/a&amp;b.css"),
        ("{{ links.mine() if true else links.home() }}", "/mes-demandes"),
        ("{{ links.scheme(slug) }}", "/aides/loyer"),
        ('{{ links.scheme("aide") ~ "?a&b" }}', "/aides/aide?a&amp;b"),
        ("{{ links.home is defined }}", "True"),
    ],
)
def test_addresses_are_written_as_before(environment, template, text):
    assert environment.from_string(template).render(slug="loyer") == text


def test_fixed_addresses_are_not_asked_for_again(environment):
    template = environment.from_string('{{ links.static("guichet.css") }}')
    environment.globals["links"] = None
    assert template.render() == "/static/guichet.css"
