"""Numbers that identify somebody are read as people copy them; each refusal says what was taken for what."""

from __future__ import annotations

import pytest

from engine.kinds import BY_NAME, Slips
from engine.kinds.codes import stated

NBSP, THIN = "\u00a0", "\u202f"


def read(field, typed):
    """What the field's kind reads: the answer, or the code and params of its one problem."""
    kind = BY_NAME[field.kind]
    found = kind.read(field, {"": [typed]})
    if not isinstance(found, Slips):
        return found
    (problem,) = found.problems
    assert stated(problem.code, problem.params)
    assert problem.code in kind.codes
    return (problem.code, *problem.params.values())


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        ("siren", "732829320", "732829320"),
        ("siren", f"732{NBSP}829{THIN}320", "732829320"),
        ("siren", "732.829.320", "732829320"),
        ("siren", "７３２８２９３２０", "732829320"),
        ("siren", "356 000 000", "356000000"),
        ("siren", "", None),
        ("siren", " ", None),
        ("rna", "W751234567", "W751234567"),
        ("rna", " w 751 234 567 ", "W751234567"),
        ("rna", "W2A1001234", "W2A1001234"),
        ("rna", "w9r4001234", "W9R4001234"),
        ("nir", "295109912611193", "295109912611193"),
        ("nir", "2 95 10 99 126 111 93", "295109912611193"),
        ("nir", f"2{NBSP}95{NBSP}10 99 126 111 / 93", "295109912611193"),
        ("nir", "2-95-10-99-126-111-93", "295109912611193"),
        ("nir", "1 80 01 2a 004 001 68", "180012A00400168"),
        ("nir", "1 80 01 2B 004 001 95", "180012B00400195"),
        ("vat", "FR40303265045", "FR40303265045"),
        ("vat", "fr 40 303.265.045", "FR40303265045"),
        ("vat", f"FR{NBSP}83{NBSP}404{NBSP}833{NBSP}048", "FR83404833048"),
        ("vat", "DE 136,695 976".replace(",", ""), "DE136695976"),
        ("vat", "EL 094259216", "EL094259216"),
        ("bic", "AGRIFRPP", "AGRIFRPP"),
        ("bic", "agri fr pp 882", "AGRIFRPP882"),
        ("bic", "BIC : AGRIFRPP".replace(" :", ":"), "AGRIFRPP"),
        ("url", "https://www.exemple.fr/page?a=1#b", "https://www.exemple.fr/page?a=1#b"),
        ("url", "www.exemple.fr", "https://www.exemple.fr"),
        ("url", "HTTP://Exemple.FR/Page", "http://exemple.fr/Page"),
        ("url", "exemple.fr:8080/x", "https://exemple.fr:8080/x"),
        ("url", "théâtre-étoile.fr", "https://théâtre-étoile.fr"),
        ("postal_code", "74000", "74000"),
        ("postal_code", f"74{NBSP}000", "74000"),
        ("postal_code", "F-74000", "74000"),
        ("postal_code", "01000", "01000"),
        ("postal_code", "20000", "20000"),
        ("postal_code", "97400", "97400"),
        ("postal_code", "98800", "98800"),
    ],
)
def test_numbers_are_read_as_people_copy_them(make_field, kind, typed, stored):
    assert read(make_field(kind), typed) == stored


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        ("siren", "73282932", ("siren_not_9_digits", 8)),
        ("siren", "-", ("siren_not_9_digits", 0)),
        ("siren", "732829321", ("siren_wrong_key",)),
        ("siren", "732 829 320 00074", ("siren_is_siret", "732 829 320")),
        ("siren", "73282932000075", ("siren_not_9_digits", 14)),
        ("rna", "751234567", ("rna_without_letter",)),
        ("rna", "0742012345", ("rna_old_number",)),
        ("rna", "1/02345", ("rna_old_number",)),
        ("rna", "W75123456", ("not_an_rna",)),
        ("rna", "association", ("not_an_rna",)),
        ("nir", "2951099126111", ("nir_without_key",)),
        ("nir", "295109912611194", ("nir_wrong_key",)),
        ("nir", "29510991261119", ("not_a_nir", 14)),
        ("nir", "995109912611193", ("not_a_nir", 15)),
        ("nir", "1 80 01 2C 004 001 31", ("not_a_nir", 15)),
        ("vat", "40303265045", ("vat_without_country",)),
        ("vat", "FR41303265045", ("vat_wrong_key",)),
        ("vat", "CHE107787577", ("vat_not_eu", "CH")),
        ("vat", "néant", ("not_a_vat",)),
        ("bic", "AGRIF2PP", ("not_a_bic",)),
        ("bic", "AGRIFRPP8", ("not_a_bic",)),
        ("bic", "FR76 3000 6000 0112 3456 7890 189", ("bic_is_iban",)),
        ("url", "javascript:alert(1)", ("not_a_url",)),
        ("url", "JaVaScRiPt:alert(1)", ("not_a_url",)),
        ("url", "javascript:1", ("not_a_url",)),
        ("url", "data:text/html,x", ("not_a_url",)),
        ("url", "ftp://exemple.fr", ("not_a_url",)),
        ("url", "https://moi@exemple.fr", ("not_a_url",)),
        ("url", "https://exemple", ("not_a_url",)),
        ("url", "notre site", ("not_a_url",)),
        ("url", "https://exemple.fr/<b>", ("not_a_url",)),
        ("url", "https://[::1", ("not_a_url",)),
        ("url", "https://exemple.fr:x", ("not_a_url",)),
        ("url", "contact@exemple.fr", ("url_is_email",)),
        ("postal_code", "7400", ("not_a_postcode",)),
        ("postal_code", "74000 Annecy", ("not_a_postcode",)),
        ("postal_code", "00000", ("no_such_postcode",)),
        ("postal_code", "96000", ("no_such_postcode",)),
        ("postal_code", "97900", ("no_such_postcode",)),
    ],
)
def test_a_refusal_says_what_was_meant(make_field, kind, typed, code):
    assert read(make_field(kind), typed) == code


@pytest.mark.parametrize(
    ("latitude", "longitude", "found"),
    [
        ("45.899, 6.129", "", ("45.899", "6.129")),
        ("45,899 ; 6,129", "", ("45.899", "6.129")),
        ("45,899 6,129", "", ("45.899", "6.129")),
        ("45.899,6.129", "", ("45.899", "6.129")),
        ("45.8992347891° N, 6.1290000° E", "", ("45.899235", "6.129")),
        ("-21.1, 55.5", "", ("-21.1", "55.5")),
        ("21,1 S", "55,5 E", ("-21.1", "55.5")),
        ("46", "2 O", ("46", "-2")),
        ("0", "-0", ("0", "0")),
        ("100", "100", None),
        ("91, 6", "", None),
        ("45.899", "", None),
        ("Annecy", "", None),
        ("45 E", "6", None),
    ],
)
def test_a_point_is_typed_or_pasted(make_field, latitude, longitude, found):
    raw = {"-latitude": [latitude], "-longitude": [longitude]}
    answer = BY_NAME["geo_point"].read(make_field("geo_point"), raw)
    if found is None:
        assert isinstance(answer, Slips)
    else:
        assert (answer["latitude"], answer["longitude"]) == found


@pytest.mark.parametrize(
    ("country", "typed", "found"),
    [
        ("CH", "CH-1200", "1200"),
        ("CH", "74000", ("not_a_postcode_there", "1200")),
        ("BE", "0999", ("not_a_postcode_there", "1000")),
        ("MC", "98000", "98000"),
    ],
)
def test_the_postcode_of_a_neighbour_has_its_own_shape(make_field, country, typed, found):
    assert read(make_field("postal_code", country=country), typed) == found


@pytest.mark.parametrize(
    ("kind", "stored", "shown"),
    [
        ("siren", "732829320", "732 829 320"),
        ("nir", "180012A00400168", "1 80 01 2A 004 001 68"),
        ("vat", "FR40303265045", "FR 40 303 265 045"),
        ("vat", "DE136695976", "DE136695976"),
        ("rna", "W751234567", "W751234567"),
    ],
)
def test_a_number_is_shown_in_the_groups_people_know(make_field, kind, stored, shown):
    (printed,) = BY_NAME[kind].printed(make_field(kind), stored, "fr")
    assert printed.value == shown
