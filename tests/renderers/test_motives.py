"""Motives of calls: the site's own words, or the usual ones, in the language of who reads."""

import pytest

from renderers.motives import MOTIVES, motive_words, motives_of

OWN = {"counter": "Horaires du guichet | Opening hours", "press": "Presse"}


@pytest.mark.parametrize(
    ("code", "declared", "language", "words"),
    [
        ("payment", {}, "fr", "Le paiement"),
        ("payment", {}, "en", "The payment"),
        ("counter", OWN, "fr", "Horaires du guichet"),
        ("counter", OWN, "en", "Opening hours"),
        ("press", OWN, "en", "Presse"),
        ("gone", OWN, "fr", "gone"),
    ],
)
def test_motive_is_told_in_the_words_of_the_site(code, declared, language, words):
    assert motive_words(code, declared, language) == words


def test_usual_motives_stand_only_where_the_site_declares_none():
    assert motives_of({}) == tuple(MOTIVES)
    assert motives_of(OWN) == ("counter", "press")
