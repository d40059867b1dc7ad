"""What time will bring to a dossier: local days, and the instants at which they begin and end."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from engine.organisation import Organisation
from workflows.deadlines import Due, on_arrival
from workflows.legal_clock import LegalClock

ANNECY = Organisation(name="Organisme d'essai", zone=ZoneInfo("Europe/Paris"))
FILED = LegalClock(date(2020, 5, 5))


def _told(dues):
    return [(due.name, due.kind, due.local_date.isoformat()) for due in dues]


def _utc(*parts):
    return datetime(*parts, tzinfo=UTC)


def test_deposit_brings_its_stage_and_the_silence(trial):
    dues = on_arrival(trial, "submitted", _utc(2020, 5, 5, 10), ANNECY, FILED)

    assert dues == (
        Due("submitted", "due", date(2020, 5, 7), _utc(2020, 5, 7, 22)),
        Due("silence", "warn", date(2020, 6, 25), _utc(2020, 6, 24, 22)),
        Due("silence", "silence", date(2020, 7, 5), _utc(2020, 7, 5, 22)),
    )


def test_unanswered_request_brings_reminder_and_end(trial):
    clock = FILED.suspend(date(2020, 5, 20))
    dues = on_arrival(trial, "on_hold", _utc(2020, 5, 20, 12), ANNECY, clock)

    # 15 working days without Ascension day and Whit Monday
    assert dues == (
        Due("unanswered", "remind", date(2020, 6, 7), _utc(2020, 6, 6, 22)),
        Due("unanswered", "do", date(2020, 6, 12), _utc(2020, 6, 12, 22)),
    )


def test_answer_sets_the_legal_clock_going_again(trial):
    clock = FILED.suspend(date(2020, 5, 20)).resume(date(2020, 5, 30))
    dues = on_arrival(trial, "in_review", _utc(2020, 5, 30, 12), ANNECY, clock)

    assert _told(dues) == [("silence", "warn", "2020-07-05"), ("silence", "silence", "2020-07-15")]


def test_day_of_arrival_is_the_local_one_overseas(trial):
    """21:30 UTC on the 5th is already the 6th in La Réunion, and still the 5th in Saint-Pierre-et-Miquelon."""
    at = _utc(2020, 5, 5, 21, 30)
    found = {
        zone: on_arrival(trial, "submitted", at, Organisation("Essai", ZoneInfo(zone)), FILED)[0]
        for zone in ("Indian/Reunion", "America/Miquelon")
    }

    assert found["Indian/Reunion"] == Due("submitted", "due", date(2020, 5, 11), _utc(2020, 5, 11, 20))
    assert found["America/Miquelon"] == Due("submitted", "due", date(2020, 5, 7), _utc(2020, 5, 8, 2))


def test_last_day_ends_at_local_midnight_when_clocks_change(trial):
    dues = on_arrival(trial, "submitted", _utc(2020, 10, 22, 10), ANNECY, LegalClock(date(2020, 10, 22)))

    assert dues[0] == Due("submitted", "due", date(2020, 10, 26), _utc(2020, 10, 26, 23))


def test_deposit_on_the_last_of_december_ends_in_february(trial):
    dues = on_arrival(trial, "submitted", _utc(2020, 12, 31, 10), ANNECY, LegalClock(date(2020, 12, 31)))

    assert ("silence", "silence", "2021-02-28") in _told(dues)


def test_reminder_never_comes_on_arrival_or_before(load_workflow):
    scheme = load_workflow(SHORT)
    dues = on_arrival(scheme, "submitted", _utc(2020, 5, 5, 10), ANNECY, FILED)

    assert _told(dues) == [("short", "remind", "2020-05-07"), ("short", "do", "2020-05-08")]


def test_hours_are_counted_to_the_minute(load_workflow):
    hours = SHORT.replace("3 days, do", "48 hours, do").replace(
        "3 days before, 1 days", "90 hours before, 2 hours"
    )
    dues = on_arrival(load_workflow(hours), "submitted", _utc(2020, 5, 5, 10, 7), ANNECY, FILED)

    assert dues == (
        Due("short", "remind", date(2020, 5, 7), _utc(2020, 5, 7, 8, 7)),
        Due("short", "do", date(2020, 5, 7), _utc(2020, 5, 7, 10, 7)),
    )


def test_nothing_waits_in_an_end_state(trial):
    assert on_arrival(trial, "refused", _utc(2020, 5, 5, 10), ANNECY, FILED) == ()


SHORT = """\
public:
  received: {label: Reçue, states: [submitted]}
  decided: {label: Décidée, states: [refused]}
states:
  draft: {label: Brouillon, kind: start}
  submitted: {label: Déposée}
  refused: {label: Refusée, decision: refused, kind: end}
actions:
  submit: {label: Déposer, from: draft, to: submitted, by: applicant}
  drop: {label: Classer, from: submitted, to: refused, by: system}
deadlines:
  short: {in: submitted, after: 3 days, do: drop, remind: [3 days before, 1 days before]}
"""
