"""Files of a bank: read in every form banks send, refused whole when they aren't what they say."""

from __future__ import annotations

import pytest

from dossiers.outside import bank_file
from dossiers.outside.bank_file import Told, Unread
from tests.fixtures.bank import XSD, camt_054, pain_002


@pytest.mark.parametrize("version", ["03", "10"])
def test_status_report_says_what_became_of_each_payment(version):
    found = bank_file.read(
        pain_002([("A-1", "ACSC", ""), ("A-2", "RJCT", "AC04"), ("A-3", "ACSP", "")], version=version)
    )
    assert (found.form, found.id) == ("pain.002", "BANK-1")
    assert found.told == (
        Told("A-1", "ORDER-1", "paid"),
        Told("A-2", "ORDER-1", "rejected", "AC04"),
        Told("A-3", "ORDER-1", "accepted"),
    )


def test_status_of_a_whole_order_is_told_for_those_it_does_not_name():
    refused = bank_file.read(pain_002([], group="RJCT"))
    assert refused.told == (Told("", "ORDER-1", "rejected"),)
    partly = bank_file.read(pain_002([("A-1", "RJCT", "AC01")], group="PART"))
    assert [one.number for one in partly.told] == ["A-1"]


@pytest.mark.parametrize("version", ["02", "08"])
def test_notification_tells_money_that_left_from_money_that_came_back(version):
    left = bank_file.read(camt_054([("A-1", "10.01", "")], version=version, side="DBIT"))
    back = bank_file.read(camt_054([("A-1", "10.01", "AC04")], version=version))
    assert left.told == (Told("A-1", "", "paid", "", 1001, "EUR"),)
    assert back.told == (Told("A-1", "", "rejected", "AC04", 1001, "EUR"),)


BOMB = f"""<?xml version="1.0"?><!DOCTYPE Document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<Document xmlns="{XSD}:pain.002.001.10"><CstmrPmtStsRpt><GrpHdr><MsgId>&b;</MsgId></GrpHdr></CstmrPmtStsRpt></Document>"""
OUTSIDE = BOMB.replace('<!ENTITY a "aaaaaaaaaa">', '<!ENTITY a SYSTEM "file:///etc/hostname">')


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"not a file of a bank", "not_xml"),
        (BOMB.encode(), "not_xml"),
        (OUTSIDE.encode(), "not_xml"),
        (pain_002([("A-1", "ACSC", "")])[:-40], "not_xml"),
        (pain_002([]).replace(b"pain.002", b"pain.001"), "not_a_return"),
        (pain_002([], message=""), "no_number"),
        (b" " * (bank_file.MOST_BYTES + 1), "too_big"),
    ],
)
def test_file_that_is_no_answer_of_a_bank_is_refused(content, code):
    with pytest.raises(Unread) as found:
        bank_file.read(content)
    assert found.value.code == code
