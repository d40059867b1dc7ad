"""The outcomes of a scheme's tests as JUnit XML, as GitHub, GitLab and Jenkins read it: one test case a scenario, and one a
line of a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree as xml

from authoring.walkthrough import Case, Failure, Outcome
from engine.problems import Place
from guichet.commands.playing import Played, Suite

_UNWANTED = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 can't hold


def document(suites: Sequence[Suite], language: str) -> bytes:
    """The whole document, in UTF-8."""
    root = xml.Element("testsuites", {"name": "guichet test"})
    for suite in suites:
        root.append(_suite(suite, language))
    for name in ("tests", "failures", "errors"):
        root.set(name, str(sum(int(one.get(name, "0")) for one in root)))
    root.set("time", f"{sum(float(one.get('time', '0')) for one in root):.3f}")
    xml.indent(root)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + xml.tostring(root, encoding="utf-8") + b"\n"


def _suite(suite: Suite, language: str) -> xml.Element:
    cases = [case for played in suite.played for case in _cases(suite, played, language)]
    cases += [_broken(suite, language)] if suite.problems else []
    counts = {
        "tests": str(len(cases)),
        "failures": str(suite.failed),
        "errors": str(int(bool(suite.problems))),
        "skipped": "0",
        "time": f"{sum(one.seconds for one in suite.played):.3f}",
    }
    element = xml.Element("testsuite", {"name": _text(suite.name), "file": str(suite.path), **counts})
    element.extend(cases)
    return element


def _cases(suite: Suite, played: Played, language: str) -> list[xml.Element]:
    outcome, seconds = played.outcome, played.seconds / len(played.parts)
    return [
        _case(suite, _name(outcome, part), part.place, part.failures, seconds, language)
        for part in played.parts
    ]


def _name(outcome: Outcome, part: Outcome | Case) -> str:
    return f"{outcome.name} [{part.number}: {part.given}]" if isinstance(part, Case) else outcome.name


def _case(
    suite: Suite,
    name: str,
    place: Place | None,
    failures: Sequence[Failure],
    seconds: float,
    language: str,
) -> xml.Element:
    element = xml.Element("testcase", {"classname": _text(suite.name), "name": _text(name)})
    element.set("time", f"{seconds:.3f}")
    if place is not None:
        element.set("file", place.file)
        element.set("line", str(place.line))
    if failures:
        said = [(failure.place, failure.sentence(language)) for failure in failures]
        failure = xml.SubElement(element, "failure", {"message": _text(said[0][1]), "type": "expectation"})
        failure.text = _text("\n".join(f"{where}: {what}" if where else what for where, what in said))
    return element


def _broken(suite: Suite, language: str) -> xml.Element:
    """A scheme that can't be tested: its problems are one error."""
    said = "\n".join(f"{one.place}: {one.sentence(language)}" for one in suite.problems)
    name = {"classname": _text(suite.name), "name": "guichet check", "time": "0.000"}
    element = xml.Element("testcase", name)
    first = suite.problems[0]
    error = xml.SubElement(element, "error", {"message": _text(first.sentence(language)), "type": first.code})
    error.text = _text(said)
    return element


def _text(text: str) -> str:
    return _UNWANTED.sub("�", text)
