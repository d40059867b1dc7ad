"""A form asked later: what its applicant reads once it is sent. It corrects nothing."""

from __future__ import annotations

STATES = """    reporting: {label: {fr: "Bilan attendu", en: "Report awaited"}}
    reported: {label: {fr: "Bilan reçu", en: "Report received"}}
    expired:"""
ACTIONS = """    call_report: {label: {fr: "Demander le bilan", en: "Ask for the report"}, from: accepted, to: reporting, by: accountant}
    report: {label: {fr: "Déposer le bilan", en: "File the report"}, from: reporting, to: reported, by: applicant, form: report}
    settle: {label: {fr: "Solder", en: "Settle"}, from: reported, to: paid, by: supervisor}
    expire:"""
FORM = """forms:
  report:
    spending:
      title: {fr: "Bilan", en: "Report"}
      fields:
        spent: {type: money, label: {fr: "Dépenses réelles", en: "What was spent"}}
eligibility:
"""
REPORTED = (
    ("eligibility:\n", FORM),
    ("    expired:", STATES),
    ("    expire:", ACTIONS),
    ("states: [paid, withdrawn", "states: [paid, reporting, reported, withdrawn"),
)


def test_report_that_was_asked_is_told_as_sent_and_not_as_a_correction(site, ada):
    site.publish(*REPORTED)
    public_id = site.filed(ada)
    site.fire("instructor", public_id, "take")
    site.check(public_id)
    site.fire("supervisor", public_id, "accept")
    site.fire("accountant", public_id, "call_report")
    base = f"/demandes/{public_id}/"
    ada.get(base + "spending")
    answer = ada.post(base + "spending", spent="800")
    assert answer.location == base + "verifier", answer.html
    page = ada.get(base + "verifier")
    receipt = ada.follow(ada.post(base + "verifier", revision_=page.typed()["_revision"]))
    assert receipt.title.startswith("Vos réponses sont envoyées")
    assert "Le service lit ce que vous avez envoyé." in receipt.text
    assert "corrections" not in receipt.text
    site.work()
    followed = ada.get(f"/suivi/{public_id}").text
    assert "Accusé d'enregistrement de votre envoi pour la demande PA-2020-0001" in followed
    assert "Vous avez envoyé ce qui vous était demandé" in followed
    assert "corrections" not in followed
