"""The table of remedies: for each code of engine.kinds.codes, what to do, in English; the catalogues translate it.

Every sentence begins with its verb, so that it may follow a label.
"""

from __future__ import annotations

from collections.abc import Mapping

from renderers.catalogues import marked, plural

LABELLED = marked("%(label)s: %(remedy)s")
LABELLED_QUESTION = marked("%(label)s %(remedy)s")
IN_ROW = marked("%(group)s, row %(row)s")
IN_NAMED_ROW = marked("%(group)s, row %(row)s (%(name)s)")
DATE_PARTS = {"day": marked("the day"), "month": marked("the month"), "year": marked("the year")}
FIGURE_FORMATS = {"day": "{:02}", "month": "{:02}", "year": "{}"}  # a day is no quantity: no separator in it

REMEDIES: Mapping[str, str] = {
    "missing": marked("Answer this question."),
    "malformed": marked("Answer again: the answer that was kept can't be read any more."),
    "outdated": marked(
        "You had answered “%(answer)s”, which this question no longer takes: answer it again."
    ),
    "control_character": marked(
        "Type this again: it holds invisible characters, often brought by a copy and paste."
    ),
    "too_long": marked("Shorten this to %(max)s characters: there are %(length)s."),
    "too_short": marked("Write at least %(min)s characters: there are %(length)s."),
    "not_a_number": marked("Enter a number in figures, for example 1250."),
    "not_a_whole_number": marked("Enter a whole number, without decimals."),
    "ambiguous_number": marked("Write %(thousands)s or %(decimal)s: what was typed can be read both ways."),
    "too_many_digits": marked("Enter a smaller number: at most %(max)s digits before the decimals."),
    "too_small": marked("Enter %(min)s or more."),
    "too_large": marked("Enter %(max)s or less."),
    "not_a_date": marked("Enter a date in figures, for example 14 3 2020."),
    "date_incomplete": marked("Complete the date with %(parts)s."),
    "no_such_date": marked("Check the date: %(day)s/%(month)s/%(year)s does not exist."),
    "year_not_four_digits": marked("Write the year with four digits, for example 2020."),
    "not_a_year": marked("Enter a year in figures, for example 2020."),
    "not_a_time": marked("Enter a time such as 9:30."),
    "no_such_time": marked("Check the time: %(time)s does not exist."),
    "too_early": marked("Enter %(min)s or a later date."),
    "too_late": marked("Enter %(max)s or an earlier date."),
    "not_yes_or_no": marked("Answer yes or no."),
    "not_accepted": marked("Tick this box to go on."),
    "row_twice": marked("Change or remove row %(row)s: it says the same as row %(first)s."),
    "not_an_option": marked("Choose one of the answers offered."),
    "not_with_these_answers": marked("Choose again: “%(answer)s” does not fit your other answers."),
    "several_found": marked("Choose among the answers found below the line."),
    "nothing_found": marked("Check the spelling, or type fewer letters: nothing was found for this."),
    "other_missing": marked("Say which, in a few words."),
    "none_and_others": marked("Keep either the last box ticked, or the others."),
    "not_a_field": marked("Tick questions of the form only."),
    "document_without_name": marked("Give the document you ask for a name, or take its remark out."),
    "not_an_email": marked("Enter an e-mail address such as name@example.org."),
    "address_taken": marked("Enter this person's own address: each person needs another one to sign."),
    "not_a_phone": marked(
        "Enter a phone number such as 04 50 00 00 00, or +41 22 730 51 11 from another country."
    ),
    "siret_not_14_digits": marked("Enter the 14 digits of the SIRET number: there are %(digits)s."),
    "siret_wrong_key": marked("Check the SIRET number: at least one digit is wrong."),
    "siren_not_9_digits": marked("Enter the 9 digits of the SIREN number: there are %(digits)s."),
    "siren_is_siret": marked(
        "Enter %(siren)s: the SIREN number is the first nine digits of this SIRET number."
    ),
    "siren_wrong_key": marked("Check the SIREN number: at least one digit is wrong."),
    "not_an_rna": marked("Enter the RNA number of the association: W, then nine digits."),
    "rna_without_letter": marked(
        "Write the letter W before these nine digits if this is the RNA number; nine digits alone are a SIREN number."
    ),
    "rna_old_number": marked(
        "Enter the RNA number, which begins with W: this looks like an older number of the prefecture. "
        "The new one stands on the last receipt the prefecture sent to the association."
    ),
    "not_a_nir": marked(
        "Enter a social security number of 15 characters, key included: there are %(digits)s."
    ),
    "nir_without_key": marked(
        "Add the key of the social security number: the two digits that stand last on the card."
    ),
    "nir_wrong_key": marked("Check the social security number: at least one character is wrong."),
    "not_a_vat": marked(
        "Enter a VAT number: the two letters of the country, then its figures, for example FR 40 303 265 045."
    ),
    "vat_without_country": marked(
        "Write the two letters of the country before the VAT number: FR for France."
    ),
    "vat_not_eu": marked("Enter the VAT number of a country of the European Union: %(country)s is none."),
    "vat_wrong_key": marked("Check the VAT number: at least one character is wrong."),
    "not_a_bic": marked("Enter a BIC of 8 or 11 letters and figures, for example AGRIFRPP."),
    "bic_is_iban": marked("Enter the BIC here, for example AGRIFRPP: this is an IBAN."),
    "not_a_url": marked("Enter a web address such as https://www.example.org."),
    "url_is_email": marked("Enter a web address such as https://www.example.org: this is an e-mail address."),
    "no_such_postcode": marked("Check the postcode: no French postcode begins so."),
    "not_a_postcode_there": marked("Enter a postcode of that country, for example %(example)s."),
    "not_an_iban": marked("Enter an IBAN: two letters, then figures; most French ones begin with FR76."),
    "iban_wrong_key": marked("Check the IBAN: at least one character is wrong."),
    "rib_wrong_key": marked("Check the IBAN: its last two digits don't fit the account number."),
    "account_refused": marked("This is the account the bank refused: give another one."),
    "not_a_postcode": marked("Enter the five digits of the postcode."),
    "no_such_commune": marked("Enter the name of a French town, or its postcode: none is known by this one."),
    "which_commune": marked("Choose the town you mean in the list."),
    "too_many_communes": marked("Write more of the name of the town, or its postcode: too many begin so."),
    "no_such_department": marked("Choose a department in the list."),
    "not_coordinates": marked("Enter degrees such as 45.899 and 6.129, or paste both in the first line."),
    "not_a_reference": marked("Enter the reference of a dossier, as it stands on its receipt."),
    "no_such_dossier": marked("Check this reference: no dossier of yours bears it."),
    "file_type": marked("Send, in place of “%(name)s”, a document in one of these formats: %(accept)s."),
    "file_too_big": marked("Send, in place of “%(name)s”, a document of at most %(max)s."),
    "file_empty": marked("Send another document in place of “%(name)s”, which is empty."),
    "file_damaged": marked("Send “%(name)s” again, or a photo of it: this file can't be opened."),
    "file_locked": marked(
        "Send “%(name)s” without its password, which the service does not have: open it and print it to a new PDF."
    ),
    "file_macros": marked("Save “%(name)s” as PDF and send that: it holds macros, which are refused here."),
    "file_mixed": marked("Send another document in place of “%(name)s”: it is two kinds of file in one."),
    "file_too_many_points": marked(
        "Send a smaller picture in place of “%(name)s”: it is too large to be opened."
    ),
    "file_heic": marked(
        "Send “%(name)s” as JPEG or PDF. On an iPhone: Settings, Camera, Formats, Most compatible; or send a screenshot of it."
    ),
    "issued_missing": marked("Enter the date written on the document; of several, the oldest."),
    "issued_later": marked("Check the date of the document: it is still to come."),
    "issued_too_old": marked("Send a more recent document, dated %(since)s or later."),
    "dossier_full": marked(
        "Remove documents you don't need, or send smaller ones: those of one application may hold %(max)s together."
    ),
}

BY_KIND: Mapping[tuple[str, str], str] = {
    ("missing", "text"): marked("Fill in this line."),
    ("missing", "long_text"): marked("Write your answer."),
    ("missing", "integer"): marked("Enter a number."),
    ("missing", "decimal"): marked("Enter a number."),
    ("missing", "money"): marked("Enter an amount in euros."),
    ("missing", "percentage"): marked("Enter a percentage."),
    ("missing", "date"): marked("Enter a date, for example 14 3 2020."),
    ("missing", "yes_no"): marked("Answer yes or no."),
    ("missing", "choice"): marked("Choose an answer."),
    ("missing", "choices"): marked("Tick at least one box."),
    ("missing", "choice_grid"): marked("Choose an answer in each line."),
    ("missing", "email"): marked("Enter an e-mail address."),
    ("missing", "phone"): marked("Enter a phone number."),
    ("missing", "address"): marked("Enter an address."),
    ("missing", "siret"): marked("Enter a SIRET number of 14 digits."),
    ("missing", "siren"): marked("Enter a SIREN number of 9 digits."),
    ("missing", "rna"): marked("Enter the RNA number of the association: W, then nine digits."),
    ("missing", "nir"): marked("Enter a social security number of 15 characters, key included."),
    ("missing", "vat"): marked(
        "Enter a VAT number: the two letters of the country, then its figures, for example FR 40 303 265 045."
    ),
    ("missing", "bic"): marked("Enter a BIC."),
    ("missing", "url"): marked("Enter a web address such as https://www.example.org."),
    ("missing", "postal_code"): marked("Enter a postcode."),
    ("missing", "iban"): marked("Enter an IBAN."),
    ("missing", "commune"): marked("Enter the name of a French town, or its postcode."),
    ("missing", "department"): marked("Choose a department in the list."),
    ("missing", "country"): marked("Choose a country in the list."),
    ("missing", "rating"): marked("Choose a mark."),
    ("missing", "geo_point"): marked("Enter a latitude and a longitude."),
    ("missing", "dossier_reference"): marked(
        "Enter the reference of a dossier, as it stands on its receipt."
    ),
    ("missing", "file"): marked("Add at least one document."),
    ("missing", "person"): marked("Enter a first name and a last name."),
    ("missing", "whole_person"): marked("Fill in these lines; only those marked optional may stay blank."),
    ("missing", "fields"): marked("Tick at least one question."),
    ("missing", "repeat"): marked("Add at least one row."),
    ("missing", "time"): marked("Enter a time such as 9:30."),
    ("missing", "date_time"): marked("Enter a date and a time, for example 14 3 2020 and 9:30."),
    ("missing", "year"): marked("Enter a year, for example 2020."),
    ("too_early", "time"): marked("Enter %(min)s or a later time."),
    ("too_late", "time"): marked("Enter %(max)s or an earlier time."),
    ("too_early", "date_time"): marked("Enter a moment that is not before %(min)s."),
    ("too_late", "date_time"): marked("Enter a moment that is not after %(max)s."),
    ("too_small", "year"): marked("Enter the year %(min)s or a later one."),
    ("too_large", "year"): marked("Enter the year %(max)s or an earlier one."),
    ("missing", "matrix"): marked("Fill in at least one line."),
    ("not_a_number", "money"): marked("Enter an amount in figures, for example 1250.50."),
    ("not_a_number", "percentage"): marked("Enter a percentage in figures, for example 40."),
}

BY_PART: Mapping[tuple[str, str], str] = {
    ("missing", "street"): marked("Enter the number and the street."),
    ("missing", "postcode"): marked("Enter the five digits of the postcode."),
    ("missing", "commune"): marked("Enter the town."),
    ("missing", "first_name"): marked("Enter the first name."),
    ("missing", "last_name"): marked("Enter the last name."),
    ("missing", "time"): marked("Enter a time such as 9:30."),
    ("missing", "latitude"): marked("Enter the latitude."),
    ("missing", "longitude"): marked("Enter the longitude."),
    ("missing", "birth_place"): marked("Enter the place of birth."),
    ("missing", "born"): marked("Enter the date of birth."),
}

COUNTED: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "too_many_decimals": {
        "": plural(
            "Keep at most %(max)s digit after the decimal mark.",
            "Keep at most %(max)s digits after the decimal mark.",
        ),
    },
    "too_few": {
        "": plural("Add at least %(min)s row.", "Add at least %(min)s rows."),
        "choices": plural("Tick at least %(min)s box.", "Tick at least %(min)s boxes."),
        "file": plural("Add at least %(min)s document.", "Add at least %(min)s documents."),
    },
    "too_many": {
        "": plural("Keep at most %(max)s row.", "Keep at most %(max)s rows."),
        "choices": plural("Keep at most %(max)s box ticked.", "Keep at most %(max)s boxes ticked."),
        "file": plural("Keep at most %(max)s document.", "Keep at most %(max)s documents."),
    },
}
