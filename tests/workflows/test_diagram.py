"""The diagram says what the workflow says."""

from __future__ import annotations

from workflows.diagram import mermaid

WORKFLOW = """\
public:
  received: {label: Reçue, states: [end]}
  decided: {label: Décidée, states: [refused]}
states:
  draft: {label: Brouillon, kind: start}
  end: {label: 'Déposée : "à lire"; #1'}
  refused: {label: Refusée, decision: refused, kind: end}
actions:
  submit: {label: Déposer, from: draft, to: end, by: applicant}
  refuse: {label: Refuser, from: [end], to: refused, by: [instructor, system]}
"""


def test_diagram_names_states_actions_and_roles(load_workflow):
    assert mermaid(load_workflow(WORKFLOW).workflow, "fr") == (
        "stateDiagram-v2\n"
        "    direction LR\n"
        '    state "Brouillon" as s_draft\n'
        '    state "Déposée #58; #quot;à lire#quot;#59; #35;1" as s_end\n'
        '    state "Refusée" as s_refused\n'
        "    [*] --> s_draft\n"
        "    s_draft --> s_end : Déposer (applicant)\n"
        "    s_end --> s_refused : Refuser (instructor, system)\n"
        "    s_refused --> [*]\n"
    )


def test_diagram_tells_how_many_dossiers_are_where(load_workflow):
    told = mermaid(load_workflow(WORKFLOW).workflow, "fr", {"refused": 12})
    assert 'state "Refusée (12)" as s_refused' in told
    assert 'state "Brouillon (0)" as s_draft' in told
