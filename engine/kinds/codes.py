"""Every code a problem about an answer may bear, with the params its sentence may use.

The wording is in the renderers' catalogues; a test proves that each code has a sentence in each language.
`min`, `max` of bounds are `Printed` values, already of the right type (money, date…); other params are plain.
"""

from __future__ import annotations

from collections.abc import Mapping

CODES: Mapping[str, tuple[str, ...]] = {
    # any kind
    "missing": (),  # required and blank; of a part too: path ("home", "postcode")
    "check": ("phrases",),  # a check of the scheme: its own text, computed; a Phrase by language
    "malformed": (),  # what is stored doesn't have the shape the kind wants (a changed form, a machine's slip)
    "outdated": ("answer",),  # given under an older version, and not taken any more; a Phrase by language
    # text, long_text, address, person
    "control_character": (),
    "too_long": ("max", "length"),
    "too_short": ("min", "length"),
    # integer, decimal, money, percentage
    "not_a_number": (),
    "not_a_whole_number": (),
    "ambiguous_number": ("thousands", "decimal"),  # 1,234: "1234" or "1,234"?
    "too_many_decimals": ("max",),
    "too_many_digits": ("max",),
    "too_small": ("min",),
    "too_large": ("max",),
    # date, time, date_time, year
    "not_a_date": (),
    "date_incomplete": ("parts",),  # a tuple of "day", "month", "year"
    "no_such_date": ("day", "month", "year"),
    "year_not_four_digits": (),
    "not_a_year": (),
    "not_a_time": (),
    "no_such_time": ("time",),  # as it was typed
    "too_early": ("min",),
    "too_late": ("max",),
    # yes_no, consent, choice, choices, fields
    "not_yes_or_no": (),
    "not_accepted": (),
    "not_an_option": (),
    "not_with_these_answers": ("answer",),  # an option that `where` leaves out; a Phrase by language
    "several_found": (),  # what is searched means several options: one is to be picked
    "nothing_found": (),
    "other_missing": (),  # "other" is chosen, and nothing is written beside it; path ("status", "other")
    "none_and_others": (),
    "not_a_field": (),
    "document_without_name": (),
    # email, phone, url, address, and the numbers that identify
    "not_an_email": (),
    "address_taken": (),  # the address of another party to the same dossier
    "not_a_phone": (),
    "siret_not_14_digits": ("digits",),  # how many digits were typed
    "siret_wrong_key": (),
    "siren_not_9_digits": ("digits",),
    "siren_is_siret": ("siren",),  # the SIREN that the SIRET typed begins with
    "siren_wrong_key": (),
    "not_an_rna": (),
    "rna_without_letter": (),
    "rna_old_number": (),
    "not_a_nir": ("digits",),  # how many signs were typed
    "nir_without_key": (),
    "nir_wrong_key": (),
    "not_a_vat": (),
    "vat_without_country": (),
    "vat_not_eu": ("country",),  # the two letters typed
    "vat_wrong_key": (),
    "not_an_iban": (),
    "iban_wrong_key": (),
    "rib_wrong_key": (),
    "account_refused": (),  # by the bank, for an earlier payment of the same dossier
    "not_a_bic": (),
    "bic_is_iban": (),
    "not_a_url": (),
    "url_is_email": (),
    "not_a_postcode": (),
    "no_such_postcode": (),
    "not_a_postcode_there": ("example",),
    # commune, department
    "no_such_commune": (),
    "which_commune": (),  # several: one is to be picked
    "too_many_communes": (),
    "no_such_department": (),
    # geo_point, dossier_reference
    "not_coordinates": (),
    "not_a_reference": (),
    "no_such_dossier": (),  # looked up where the page is saved
    # repeat, choices, file
    "row_twice": ("first", "row"),  # numbers of rows; with their names, phrases by language
    "too_few": ("min",),
    "too_many": ("max",),
    # file
    "file_type": ("name", "accept"),  # a tuple of format names
    "file_too_big": ("name", "max"),  # bytes
    "file_empty": ("name",),
    "file_damaged": ("name",),  # nobody can open it
    "file_locked": ("name",),  # only who has its password can open it
    "file_macros": ("name",),  # an office document with a program in it
    "file_mixed": ("name",),  # two kinds of file in one
    "file_too_many_points": ("name",),  # a picture too large to be decoded
    "file_heic": ("name",),  # an iPhone's photo, on a machine that can't decode it
    "issued_missing": (),  # the date written on a document
    "issued_later": (),
    "issued_too_old": ("since",),  # a Printed date
    "dossier_full": ("max",),  # bytes: all the documents of a dossier together
}

EVERY_KIND = ("missing", "check", "malformed", "outdated")


def stated(code: str, params: Mapping[str, object]) -> bool:
    """Whether a problem bears a known code with exactly its params."""
    return code in CODES and set(params) == set(CODES[code])
