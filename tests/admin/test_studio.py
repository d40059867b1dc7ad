"""The studio: its page works without script, two people never overwrite one another, what is shown is what is published."""

from __future__ import annotations

import io
import json
import re

import pytest
from sqlalchemy import select

from authoring.studio.archive import packed
from dossiers.database import EnvelopeRow, SchemeRow
from dossiers.services import drafts, publication
from engine.language import Bundle
from engine.language.schema import scheme_schema
from renderers import catalogues
from tests.admin.conftest import SLUG, TOKEN, bundle

HERE = f"/bureau/dispositifs/{SLUG}/atelier"
YAML = bundle().files["scheme.yaml"]


def stands(bureau):
    return bureau.desk.read(drafts.one, None, SLUG)


def wrote(bureau, text: str, revision: int = 0, role: str = "admin", **more):
    return bureau.as_(role).post(
        HERE, seen=HERE, **{"text:scheme.yaml": text}, revision_=str(revision), then_="save", **more
    )


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("pane", ["apercu", "circuit", "carte", "essais", "ecart", "historique"])
def test_every_pane_is_shown_without_script(bureau, pane, language):
    page = bureau.as_("admin", language).get(f"{HERE}?volet={pane}")
    assert page.status == 200
    assert "text:scheme.yaml" in page.html
    assert " style=" not in page.html


def test_policy_opens_to_nothing_but_the_editor_s_style_and_our_own_frame(bureau):
    page = bureau.as_("admin").get(HERE)
    policy = page.headers["Content-Security-Policy"]
    nonce = re.search(r"'nonce-([\w-]+)'", policy)[1]
    assert f'data-nonce="{nonce}"' in page.html
    assert "script-src 'self';" in policy and "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    shown = bureau.as_("admin").get(f"/bureau/dispositifs/{SLUG}/apercu")
    assert "frame-ancestors 'self'" in shown.headers["Content-Security-Policy"]
    assert shown.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "nonce" not in bureau.as_("admin").get("/bureau/comptes").headers["Content-Security-Policy"]


def test_text_is_checked_without_being_saved(bureau):
    page = bureau.as_("admin").post(
        HERE,
        seen=HERE,
        **{"text:scheme.yaml": YAML.replace("workflow:", "workflo:")},
        revision_="0",
        then_="check",
    )
    assert page.status == 200
    assert "unknown_key" in page.html
    assert "workflo:" in page.html
    assert stands(bureau).revision == 0


def test_saving_keeps_the_text_and_says_so(bureau):
    assert wrote(bureau, "# à finir\n" + YAML).status == 303
    assert stands(bureau).files["scheme.yaml"].startswith("# à finir\n")
    page = bureau.as_("admin").get(HERE)
    assert "Enregistré : révision 1." in page.text.replace("\u00a0", " ")


def test_two_who_save_at_once_lose_nothing(bureau):
    """Two sessions open the same text; the second to save sees both texts, and three ways on."""
    mine = YAML.replace("Petite aide", "Aide de Bob")
    theirs = "# note d’Ada\n" + YAML
    assert wrote(bureau, theirs).status == 303
    late = wrote(bureau, mine)
    assert late.status == 409
    assert "Aide de Bob" in late.text and "note d’Ada" in late.text
    assert stands(bureau).files["scheme.yaml"] == theirs
    together = re.search(
        r'name="text:scheme.yaml" rows="16" spellcheck="false">\n(.*?)</textarea>', late.html, re.S
    )[1]
    assert "note d’Ada" in together and "Aide de Bob" in together
    assert 'name="_revision" value="1"' in late.html


@pytest.mark.parametrize("way", ["save", "mine", "theirs"])
def test_each_way_out_keeps_both_texts_in_the_history(bureau, way):
    theirs, mine = "# Ada\n" + YAML, "# Bob\n" + YAML
    wrote(bureau, theirs)
    form = {"text:scheme.yaml": "# les deux\n" + YAML, "mine:scheme.yaml": mine}
    answer = bureau.as_("admin").post(HERE, seen=HERE, **form, revision_="1", base_="0", then_=way)
    assert answer.status == 303
    now = {"save": "# les deux\n", "mine": "# Bob\n", "theirs": "# Ada\n"}[way] + YAML
    assert stands(bureau).files["scheme.yaml"] == now
    saves = bureau.desk.read(drafts.history, bureau_admin(bureau), SLUG)
    kept = {
        bureau.desk.read(drafts.at_revision, None, SLUG, one.revision).files["scheme.yaml"] for one in saves
    }
    assert theirs in kept
    assert mine in kept


def bureau_admin(bureau):
    from dossiers.access import Viewer

    return Viewer("staff", name="Admin (fictif)", administrator=True)


def test_script_is_told_the_revision_or_the_conflict(bureau):
    person = bureau.as_("admin")
    token = TOKEN.search(person.get(HERE).html)[1]
    form = {"text:scheme.yaml": "# un\n" + YAML, "_revision": "0", "_then": "save"}
    headers = {"Accept": "application/json", "X-CSRFToken": token}
    first = person.client.post(HERE, data=form, headers=headers)
    assert (first.status_code, first.get_json()["revision"]) == (200, 1)
    form["text:scheme.yaml"] = "# deux\n" + YAML
    assert person.client.post(HERE, data=form, headers=headers).status_code == 409


def asked(bureau, part: str, language: str = "fr", **form):
    return json.loads(bureau.as_("admin", language).post(f"{HERE}/{part}", seen=HERE, **form).html)


@pytest.mark.parametrize("depth", ["quick", "deep"])
def test_typed_text_is_checked_with_its_suggestion(bureau, depth):
    faulty = {"text:scheme.yaml": YAML.replace("workflow:", "worfklow:")}
    found = asked(bureau, "controle", depth_=depth, **faulty)["problems"]
    assert [(one["code"], one["instead"]) for one in found if one["instead"]] == [("unknown_key", "workflow")]


def test_editor_is_offered_what_may_stand_here_in_its_language(bureau):
    line = YAML.count("\n")
    typed = {"text:scheme.yaml": YAML + "cale", "file_": "scheme.yaml", "line_": str(line), "column_": "4"}
    offered = asked(bureau, "propositions", **typed)
    assert [one["label"] for one in offered["offers"]] == ["calendar"] or "calendar" in YAML


def test_faulty_scheme_is_not_published_and_the_reasons_are_shown(bureau):
    wrote(bureau, YAML.replace("workflow:", "worfklow:"))
    page = bureau.as_("admin").post(f"{HERE}/publication", seen=HERE, revision_="1")
    assert page.status == 422
    assert "unknown_key" in page.html
    assert bureau.desk.read(publication.current, SLUG).number == 1


def test_failing_tests_keep_a_text_from_being_published_and_say_why(bureau):
    failing = YAML + "\ntests:\n  too generous:\n    answers: {income: 1}\n    expect: {amount: 123456}\n"
    assert "\ntests:" not in YAML
    wrote(bureau, failing)
    page = bureau.as_("admin").post(f"{HERE}/publication", seen=HERE, revision_="1")
    assert page.status == 422
    assert "too generous" in page.text and "123456" in page.text
    line = failing.splitlines().index("    expect: {amount: 123456}") + 1
    for shown in (page, bureau.as_("admin").get(f"{HERE}?volet=essais")):
        assert f"scheme.yaml:{line} attendu : amount 123456" in shown.text


def test_scheme_is_published_then_taken_back(bureau):
    wrote(bureau, YAML.replace("Petite aide", "Aide neuve"))
    admin = bureau.as_("admin")
    assert admin.post(f"{HERE}/publication", seen=HERE, revision_="1").status == 303
    assert bureau.desk.read(publication.current, SLUG).scheme.title.plain("fr") == "Aide neuve"
    assert admin.post(f"{HERE}/publication", seen=HERE, version_="1").status == 303
    assert bureau.desk.read(publication.current, SLUG).number == 3
    assert admin.post(f"{HERE}/retour", seen=HERE, version_="1", revision_="1").status == 303
    assert stands(bureau).files["scheme.yaml"] == YAML


def test_roles_nobody_holds_are_told_once_published(bureau):
    auditor = 'roles:\n  auditor: {label: {fr: "Contrôle des aides", en: "Audit"}, may: [view]}\n'
    admin = bureau.as_("admin")
    wrote(bureau, YAML.replace("roles:\n", auditor, 1))
    assert admin.post(f"{HERE}/publication", seen=HERE, revision_="1").status == 303
    page = admin.get(HERE)
    assert "Personne n’a encore : Contrôle des aides. Donnez les rôles sous" in page.text
    wrote(bureau, YAML, 1)
    assert admin.post(f"{HERE}/publication", seen=HERE, revision_="2").status == 303
    assert "Personne n’a encore" not in admin.get(HERE).text


def test_an_earlier_version_that_says_its_number_may_be_published_again(bureau):
    wrote(bureau, f"version: 2\n{YAML}")
    admin = bureau.as_("admin")
    assert admin.post(f"{HERE}/publication", seen=HERE, revision_="1").status == 303
    assert admin.post(f"{HERE}/publication", seen=HERE, version_="1").status == 303
    assert admin.post(f"{HERE}/publication", seen=HERE, version_="2").status == 303
    assert bureau.desk.read(publication.current, SLUG).number == 4


def test_what_a_text_changes_for_people_is_told_beside_its_lines(bureau):
    wrote(bureau, YAML.replace("Petite aide", "Aide neuve"))
    admin = bureau.as_("admin")
    page = admin.get(f"{HERE}?volet=ecart").text
    assert "Ligne par ligne" in page and "Le titre" in page.split("Ligne par ligne")[0]
    wrote(bureau, YAML.replace("workflow:", "worfklow:"), 1)
    assert "Corrigez d’abord le texte" in admin.get(f"{HERE}?volet=ecart").text


def test_a_version_that_leaves_dossiers_behind_is_published_once_it_was_confirmed(bureau):
    bureau.filed()
    wrote(bureau, YAML.replace("submitted", "elsewhere"))
    admin = bureau.as_("admin")
    page = admin.post(f"{HERE}/publication", seen=HERE, revision_="1")
    assert page.status == 422
    assert "Publier quand même" in page.text
    assert admin.post(f"{HERE}/publication", seen=HERE, revision_="1", even_so_="1").status == 303
    assert bureau.desk.read(publication.current, SLUG).number == 2


def test_text_published_is_the_one_that_was_on_the_page(bureau):
    wrote(bureau, "# un\n" + YAML)
    wrote(bureau, "# deux\n" + YAML, 1)
    page = bureau.as_("admin").post(f"{HERE}/publication", seen=HERE, revision_="1")
    assert page.status == 422
    assert bureau.desk.read(publication.current, SLUG).number == 1


def test_files_are_added_and_deleted(bureau):
    admin = bureau.as_("admin")
    assert admin.post(f"{HERE}/fichiers", seen=HERE, add_="lists/towns.csv", revision_="0").status == 303
    assert "lists/towns.csv" in stands(bureau).files
    assert admin.post(f"{HERE}/fichiers", seen=HERE, add_="../evil.yaml", revision_="1").status == 422
    assert admin.post(f"{HERE}/fichiers", seen=HERE, delete_="lists/towns.csv", revision_="1").status == 303
    assert "lists/towns.csv" not in stands(bureau).files
    assert admin.post(f"{HERE}/fichiers", seen=HERE, delete_="scheme.yaml", revision_="2").status == 422


def sent_zip(bureau, address: str, data: bytes):
    person = bureau.as_("admin")
    token = TOKEN.search(person.get(HERE).html)[1]
    form = {"bundle": (io.BytesIO(data), "x.zip"), "csrf_token": token}
    return person.client.post(address, data=form, content_type="multipart/form-data")


def test_bundle_goes_out_and_comes_back_unchanged(bureau):
    out = bureau.as_("admin").client.get(f"{HERE}/paquet").data
    assert out == packed(bundle().files)
    assert sent_zip(bureau, f"{HERE}/paquet", out).status_code == 303
    assert "Aucun changement" in bureau.as_("admin").get(HERE).text
    assert stands(bureau).revision == 0
    changed = packed({**bundle().files, "scheme.yaml": "# là\n" + YAML})
    assert sent_zip(bureau, f"{HERE}/paquet", changed).status_code == 303
    assert stands(bureau).revision == 1


def test_hostile_bundle_is_refused_with_a_sentence(bureau):
    answer = sent_zip(bureau, f"{HERE}/paquet", b"not a zip")
    assert answer.status_code == 422
    assert "zip" in answer.get_data(as_text=True)
    assert sent_zip(bureau, "/bureau/dispositifs/paquet", b"PK").status_code == 422


def test_scheme_is_begun_from_a_shipped_one_and_from_a_copy(bureau):
    admin = bureau.as_("admin")
    new = "/bureau/dispositifs/nouveau"
    for model, name in (("shipped:bicycle-grant.yaml", "velo"), (f"here:{SLUG}", "copie")):
        assert admin.post(new, seen=new, model=model, name=name).status == 303
        page = admin.get(f"/bureau/dispositifs/{name}/atelier")
        assert f"scheme: {name}" in page.text
    told = admin.get("/bureau/dispositifs").text
    assert "velo" in told and "Admin (fictif)" in told and "jamais publié" in told
    for name in ("velo", "Vélo 2", "", "a: b"):
        assert admin.post(new, seen=new, model="shipped:bicycle-grant.yaml", name=name).status == 422
    assert admin.post(new, seen=new, model="shipped:../setup.cfg", name="x").status == 400


def test_form_is_tried_on_the_text_being_typed_and_nothing_is_stored(bureau):
    address = f"/bureau/dispositifs/{SLUG}/apercu"
    text = YAML.replace("Petite aide", "Aide en cours d’écriture")
    page = bureau.as_("admin").post(address, seen=HERE, **{"text:scheme.yaml": text})
    assert page.status == 200 and "Aide en cours d’écriture" in page.text
    again = bureau.as_("admin").post(address, seen=HERE, page_="you", then_="continue")
    assert again.status == 422 and "à corriger" in again.text
    first = {"person-first_name": "Ada", "person-last_name": "Fictive", "income": "12 000"}
    onward = bureau.as_("admin").post(address, seen=HERE, page_="you", then_="continue", **first)
    assert onward.status == 200
    assert 'name="person-first_name" value="Ada"' in onward.html
    from sqlalchemy import func, select

    from dossiers.database import Dossier

    with bureau.desk.office.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Dossier)) == 0


def test_faulty_text_has_no_form_yet(bureau):
    page = bureau.as_("admin").post(
        f"/bureau/dispositifs/{SLUG}/apercu", seen=HERE, **{"text:scheme.yaml": "scheme: x\n"}
    )
    assert page.status == 422


def test_studio_is_for_administrators(bureau):
    for address in (
        HERE,
        f"/bureau/dispositifs/{SLUG}/apercu",
        "/bureau/dispositifs/nouveau",
        f"{HERE}/paquet",
    ):
        assert bureau.as_("instructor").get(address).status == 403
    assert bureau.as_("admin").get("/bureau/dispositifs/nothing/atelier").status == 404


def test_name_of_no_file_is_refused(bureau):
    assert wrote(bureau, YAML, **{"text:../x": "y"}).status == 400


def described(schema) -> set[str]:
    if isinstance(schema, dict):
        own = {schema["description"]} if isinstance(schema.get("description"), str) else set()
        return own.union(*(described(one) for one in schema.values()))
    return set().union(*(described(one) for one in schema)) if isinstance(schema, list) else set()


def test_every_key_of_the_language_is_explained_in_french():
    texts = {text for text in described(dict(scheme_schema())) if "not built yet" not in text}
    assert len(texts) > 100
    assert [text for text in texts if catalogues.say("fr", text) == text] == []


def test_who_changed_nothing_is_asked_nothing(bureau):
    wrote(bureau, "# Ada\n" + YAML)
    assert wrote(bureau, YAML).status == 303
    assert stands(bureau).files["scheme.yaml"] == "# Ada\n" + YAML


def test_who_settles_too_late_settles_again_with_what_they_typed(bureau):
    wrote(bureau, "# Ada\n" + YAML)
    wrote(bureau, "# Ada encore\n" + YAML, 1)
    form = {"text:scheme.yaml": "# les deux\n" + YAML, "mine:scheme.yaml": "# Bob\n" + YAML}
    late = bureau.as_("admin").post(HERE, seen=HERE, **form, revision_="1", base_="0", then_="save")
    assert late.status == 409
    assert "# les deux" in late.text and "# Ada encore" in late.text
    assert stands(bureau).revision == 2


BLOCK = "shared/fields/phone_block.yaml"
SHARING = {
    **bundle().files,
    BLOCK: "phone: {type: phone, optional: true, label: {fr: Téléphone, en: Phone}}\n",
}


def with_block(bureau):
    """The studio of a scheme that was brought in with a shared block of fields."""
    first = YAML.replace("    fields:\n", "    fields:\n      use: phone_block\n", 1)
    assert first != YAML
    bureau.desk.act(drafts.bring_in, None, Bundle({**SHARING, "scheme.yaml": first}))
    return bureau.as_("admin")


def test_shared_file_is_shown_and_not_written(bureau):
    page = with_block(bureau).get(f"{HERE}?fichier={BLOCK}")
    assert page.status == 200
    assert re.search(r"<textarea[^>]* readonly>", page.html)
    assert "partagé, en lecture seule" in page.text
    assert f"<option>{BLOCK}" not in page.html
    wrote(bureau, SHARING["scheme.yaml"], 1, **{f"text:{BLOCK}": "other: {type: text}\n"})
    assert stands(bureau).files[BLOCK] == SHARING[BLOCK]


def test_shared_file_can_be_neither_added_nor_deleted(bureau):
    browser = with_block(bureau)
    for sent in ({"delete_": BLOCK}, {"add_": "shared/lists/towns.csv"}):
        browser.post(f"{HERE}/fichiers", seen=HERE, revision_="1", **sent)
    assert sorted(stands(bureau).files) == sorted(SHARING)


def test_published_text_carries_the_shared_file_and_the_studio_says_who_uses_it(bureau):
    browser = with_block(bureau)
    assert browser.post(f"{HERE}/publication", seen=HERE, revision_="1").status == 303
    kept = bureau.desk.read(drafts.version_files, None, SLUG)
    assert kept.files[BLOCK] == SHARING[BLOCK]
    assert f"utilisé par {SLUG}" in browser.get(f"{HERE}?fichier={BLOCK}").text


def test_workflow_of_the_library_is_kept_with_the_text_that_starts_from_it(bureau):
    wrote(bureau, YAML.replace("workflow:\n", "workflow:\n  use: instruction\n"))
    assert "workflows/library/instruction.yaml" in stands(bureau).files


def test_envelope_lower_than_what_dossiers_hold_is_warned_of_before_and_after_publishing(bureau):
    with bureau.desk.office.database.writing() as session:
        [scheme] = session.scalars(select(SchemeRow.id).where(SchemeRow.slug == SLUG))
        session.add(EnvelopeRow(scheme_id=scheme, name="whole", key="", committed_cents=400_000))
    wrote(bureau, YAML.replace("award: {", "award: {budget: {envelope: 3000}, "))
    admin = bureau.as_("admin", "en")
    warning = "€3,000 is voted into the envelope “The whole scheme”, and dossiers hold €4,000 of it already"
    assert warning in admin.get(f"{HERE}?volet=ecart").text
    assert admin.post(f"{HERE}/publication", seen=HERE, revision_="1").status == 303
    assert warning in admin.get(HERE).text
