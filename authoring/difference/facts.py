"""What changes in what is known besides the answers: facts, their sources, the earlier dossier one may start from."""

from __future__ import annotations

from authoring.difference.change import Sides, pairs
from engine.language.facts_model import Connector, ConnectorFact, FactDeclared


def compare_facts(sides: Sides) -> None:
    """Facts, and what may be taken over from an earlier scheme."""
    for old, new in pairs(sides.old.facts, sides.new.facts):
        was, now = sides.old.facts.get(old or ""), sides.new.facts.get(new or "")
        name = new or old or ""
        if was is None or now is None:
            sides.add("fact_added" if now else "fact_removed", ("facts", name), name=name)
        elif _said(was) != _said(now):
            sides.add("fact_changed", ("facts", name), name=name)
    if sides.old.prefill != sides.new.prefill:
        sides.add("prefill_changed", ("prefill",))


def _said(fact: FactDeclared) -> object:
    """What a fact says, but for its wording."""
    if isinstance(fact, ConnectorFact):
        return dict(fact.keys), fact.hide_from, _asked(fact.connector)
    where = None if fact.where is None else fact.where.text
    counted = fact.dossiers, fact.within, fact.sum, fact.latest, where
    return fact.match, fact.kinds, counted, fact.hide_from


def _asked(connector: Connector) -> object:
    """How a source is asked, and what is taken of its answer."""
    call = connector.call
    query = {name: one.text for name, one in call.query.items()}
    gives = {name: (one.kind, one.value.text) for name, one in connector.gives.items()}
    asked = (call.url.plain(""), query, dict(call.headers), call.token, call.token_in)
    return connector.id, asked, connector.found.text, gives, connector.limits, connector.sensitive
