"""What several schemes share lives once: a workflow, a block of fields, a list; a version carries what it used."""

from __future__ import annotations

from pathlib import Path

from engine.language import Bundle, Scheme, check_scheme
from engine.language.sharing import library

HEAD = """\
scheme: rent-help
languages: [fr]
title: Aide au loyer
legal: {silence: rejection after 2 months}
roles:
  instructor: {label: Instruction, may: [search, view]}
  supervisor: {label: Responsable, may: [search, view]}
  accountant: {label: Finances, may: [search, view]}
form:
  you:
    title: Vous
    fields:
      income: {type: money, label: Revenu mensuel}
"""
# the other roles the library's workflows speak of
MORE = """\
  head: {label: Direction, may: [search, view]}
  second_reader: {label: Seconde lecture, may: [search, view]}
"""
USING = HEAD + "workflow: {use: instruction}\n"
ADDRESS = """\
street: {type: text, label: Rue}
postcode: {type: text, label: Code postal, help: Cinq chiffres}
"""
TOWNS = "code,label\n74000,Annecy\n"


def put(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def read(folder: Path) -> tuple[Scheme | None, list[str]]:
    """The scheme `rent` of a folder, and its problems in English, places without the folder."""
    scheme, problems = check_scheme(Bundle.read(folder / "rent"))
    told = [f"{problem.place}: {problem.code}: {problem.sentence('en')}" for problem in problems]
    return scheme, [one.replace(f"{folder}/", "") for one in told]


def rent(folder: Path, text: str) -> tuple[Scheme | None, list[str]]:
    return read(put(folder, {"rent/scheme.yaml": text}))


# -- workflows ---------------------------------------------------------------------------------------------


def test_scheme_takes_the_workflow_of_the_library_as_it_stands(tmp_path):
    scheme, problems = rent(tmp_path, USING)
    assert problems == []
    assert list(scheme.workflow.states) == [
        "draft", "submitted", "in_review", "on_hold", "accepted", "suspended", "refused", "paid", "expired", "withdrawn",
    ]  # fmt: skip
    assert scheme.workflow.actions["accept"].not_by_who_did == ("take",)
    assert scheme.workflow.states["submitted"].label.versions == {"fr": ("Déposée",)}


def test_every_workflow_of_the_library_is_faultless_by_itself(tmp_path):
    for file in (one for one in library() if one.startswith("workflows/")):
        name = file.rpartition("/")[2].removesuffix(".yaml")
        scheme, problems = rent(
            tmp_path,
            HEAD.replace("[fr]", "[fr, en]").replace("form:", f"{MORE}form:")
            + f"workflow: {{use: {name}}}\n",
        )
        assert scheme is not None
        assert not [one for one in problems if "library/" in one]


def test_what_the_scheme_says_goes_over_the_library_by_id_and_key(tmp_path):
    over = """\
workflow:
  use: instruction
  states:
    submitted: {label: Arrivée, due: 3 working days}
    archived: {label: Archivée, kind: end}
  actions:
    accept: {if: income < 1000}
    archive: {label: Archiver, from: refused, to: archived, by: supervisor}
  public:
    closed: {states: [paid, withdrawn, expired, archived]}
  deadlines:
    unanswered: {after: 20 working days}
"""
    scheme, problems = rent(tmp_path, HEAD + over)
    assert problems == []
    assert str(scheme.workflow.states["submitted"].due) == "3 working days"
    accept = scheme.workflow.actions["accept"]
    assert (accept.if_.text, accept.to, accept.not_by_who_did) == ("income < 1000", "accepted", ("take",))
    assert list(scheme.workflow.actions)[-1] == "archive"
    assert scheme.workflow.public["closed"].label.versions == {"fr": ("Terminée",)}
    assert str(scheme.workflow.deadlines["unanswered"].after) == "20 working days"
    assert scheme.workflow.deadlines["unanswered"].do == "expire"


def test_null_takes_an_action_away(tmp_path):
    scheme, problems = rent(tmp_path, HEAD + "workflow:\n  use: instruction\n  actions: {reconsider: null}\n")
    assert problems == []
    assert "reconsider" not in scheme.workflow.actions


def test_null_takes_a_key_of_an_action_away(tmp_path):
    scheme, problems = rent(
        tmp_path, HEAD + "workflow:\n  use: instruction\n  actions: {accept: {if: null}}\n"
    )
    assert problems == []
    assert scheme.workflow.actions["accept"].if_ is None


def test_value_that_was_forgotten_takes_nothing_away(tmp_path):
    _, problems = rent(tmp_path, HEAD + "workflow:\n  use: instruction\n  actions:\n    pay:\n")
    assert [one.split(": ")[:2] for one in problems] == [["rent/scheme.yaml:17:5", "empty_value"]]


def test_null_that_takes_nothing_away_is_told_with_what_was_meant(tmp_path):
    _, problems = rent(tmp_path, HEAD + "workflow:\n  use: instruction\n  actions: {recon_sider: null}\n")
    assert problems == [
        "rent/scheme.yaml:16:13: nothing_to_take_away: `instruction` holds no `recon_sider` here, so `null` takes "
        "nothing away: delete this line. Did you mean `reconsider`?"
    ]


def test_site_has_workflows_of_its_own(tmp_path):
    own = library()["workflows/library/instruction.yaml"]
    put(
        tmp_path,
        {"shared/workflows/ours.yaml": own, "rent/scheme.yaml": USING.replace("instruction", "ours")},
    )
    scheme, problems = read(tmp_path)
    assert problems == []
    assert "take" in scheme.workflow.actions


def test_name_of_two_shared_workflows_is_told(tmp_path):
    own = library()["workflows/library/instruction.yaml"]
    put(tmp_path, {"shared/workflows/instruction.yaml": own, "rent/scheme.yaml": USING})
    _, problems = read(tmp_path)
    assert problems == [
        "rent/scheme.yaml:14:17: shared_twice: `instruction` is the name of two files: shared/workflows/instruction.yaml, "
        "workflows/library/instruction.yaml. Give one of them another name."
    ]


def test_unknown_name_is_told_once_with_the_nearest(tmp_path):
    _, problems = rent(tmp_path, USING.replace("use: instruction", "use: instructoin"))
    assert problems == [
        "rent/scheme.yaml:14:17: unknown_shared: Nothing shared is named `instructoin`: a file "
        "shared/workflows/instructoin.yaml beside the schemes is needed. Did you mean `instruction`?"
    ]


def test_fault_in_the_shared_file_is_told_at_its_line_and_column(tmp_path):
    own = library()["workflows/library/instruction.yaml"].replace("to: in_review", "to: in_revew", 1)
    put(
        tmp_path,
        {"shared/workflows/ours.yaml": own, "rent/scheme.yaml": USING.replace("instruction", "ours")},
    )
    _, problems = read(tmp_path)
    line = own.split("\n").index("    to: in_revew") + 1
    assert (
        f"shared/workflows/ours.yaml:{line}:9: unknown_state: There is no state named `in_revew`. Did you mean `in_review`?"
        in problems
    )


def test_fault_inside_an_expression_of_the_shared_file_is_told_at_its_column(tmp_path):
    own = library()["workflows/library/instruction.yaml"].replace(
        "eligible and checklist.done", "eligible and and", 1
    )
    put(
        tmp_path,
        {"shared/workflows/ours.yaml": own, "rent/scheme.yaml": USING.replace("instruction", "ours")},
    )
    _, problems = read(tmp_path)
    line = own.split("\n").index("    if: eligible and and") + 1
    assert [one for one in problems if one.startswith(f"shared/workflows/ours.yaml:{line}:")]


def test_what_the_scheme_lacks_is_told_where_it_says_use(tmp_path):
    without = USING.replace("  accountant: {label: Finances, may: [search, view]}\n", "")
    _, problems = rent(tmp_path, without)
    assert len(problems) == 1
    assert problems[0].startswith(
        "rent/scheme.yaml:13:17: shared_wants: `instruction` names the role `accountant` (workflows/library/instruction.yaml:"
    )


def test_action_taken_away_that_another_one_names_is_told_where_the_scheme_says_use(tmp_path):
    _, problems = rent(tmp_path, HEAD + "workflow:\n  use: instruction\n  actions: {take: null}\n")
    assert any(
        one.startswith("rent/scheme.yaml:15:8: shared_wants: `instruction` names the action `take`")
        for one in problems
    )
    assert not [one for one in problems if one.startswith("workflows/")]


def test_dead_end_made_by_taking_away_is_told_where_the_scheme_says_use(tmp_path):
    _, problems = rent(tmp_path, HEAD + "workflow:\n  use: instruction\n  actions: {resume: null}\n")
    assert [one.split(": ")[:2] for one in problems] == [["rent/scheme.yaml:15:8", "dead_end"]]


def test_language_the_library_does_not_speak_is_told_once_where_the_scheme_says_use(tmp_path):
    text = USING.replace("[fr]", "[de]")
    _, problems = rent(tmp_path, text)
    assert [one.split(": ")[:2] for one in problems] == [["rent/scheme.yaml:14:17", "missing_language"]]


# -- blocks of fields --------------------------------------------------------------------------------------

PAGE = "      income: {type: money, label: Revenu mensuel}\n"


def with_block(tmp_path: Path, fields: str, block: str = ADDRESS) -> tuple[Scheme | None, list[str]]:
    put(tmp_path, {"shared/fields/address_block.yaml": block})
    return rent(tmp_path, USING.replace(PAGE, fields))


def test_page_takes_a_block_of_fields_where_it_says_use(tmp_path):
    scheme, problems = with_block(
        tmp_path, PAGE + "      use: address_block\n      rent: {type: money, label: Loyer}\n"
    )
    assert problems == []
    assert list(scheme.fields) == ["income", "street", "postcode", "rent"]


def test_row_takes_a_block_of_fields(tmp_path):
    homes = (
        PAGE
        + "      homes: {type: repeat, label: Logements, fields: {use: address_block, rent: {type: money, label: Loyer}}}\n"
    )
    scheme, problems = with_block(tmp_path, homes)
    assert problems == []
    assert list(scheme.fields["homes"].fields) == ["street", "postcode", "rent"]


def test_field_of_a_block_is_said_otherwise_or_taken_away(tmp_path):
    scheme, problems = with_block(
        tmp_path,
        "      use: address_block\n      street: {label: Voie, optional: true}\n      postcode: null\n",
    )
    assert problems == []
    street = scheme.fields["street"]
    assert (list(scheme.fields), street.label.versions, street.optional) == (
        ["street"],
        {"fr": ("Voie",)},
        True,
    )


def test_fault_in_a_block_is_told_at_its_line(tmp_path):
    _, problems = with_block(
        tmp_path, "      use: address_block\n", ADDRESS.replace("type: text", "type: txt", 1)
    )
    assert [one.split(": ")[:2] for one in problems] == [
        ["shared/fields/address_block.yaml:1:16", "unknown_word"]
    ]


def test_block_that_reads_what_the_scheme_does_not_ask_is_told_where_it_says_use(tmp_path):
    _, problems = with_block(
        tmp_path,
        PAGE + "      use: address_block\n",
        ADDRESS.replace("label: Rue", "label: Rue, when: abroad"),
    )
    assert len(problems) == 1
    assert problems[0].startswith(
        "rent/scheme.yaml:14:12: shared_wants: `address_block` names the name `abroad` (shared/fields/address_block.yaml:1:"
    )


def test_block_in_two_schemes_lives_once(tmp_path):
    put(tmp_path, {"shared/fields/address_block.yaml": ADDRESS})
    for name in ("rent", "heating"):
        put(tmp_path, {f"{name}/scheme.yaml": USING.replace(PAGE, "      use: address_block\n")})
        scheme, _ = check_scheme(Bundle.read(tmp_path / name))
        assert list(scheme.fields) == ["street", "postcode"]


def test_shared_file_starts_from_no_other(tmp_path):
    _, problems = with_block(tmp_path, "      use: address_block\n", "use: other\n" + ADDRESS)
    assert [one.split(": ")[:2] for one in problems] == [
        ["shared/fields/address_block.yaml:1:1", "shared_uses"]
    ]


# -- lists -------------------------------------------------------------------------------------------------

TOWN = PAGE + "      town: {type: choice, list: towns, label: Commune}\n"


def test_field_reads_a_shared_list(tmp_path):
    put(tmp_path, {"shared/lists/towns.csv": TOWNS})
    scheme, problems = rent(tmp_path, USING.replace(PAGE, TOWN))
    assert problems == []
    assert scheme.lists["towns"].label("74000", "fr") == "Annecy"


def test_block_reads_a_shared_list(tmp_path):
    put(tmp_path, {"shared/lists/towns.csv": TOWNS})
    block = ADDRESS + "town: {type: choice, list: towns, label: Commune}\n"
    scheme, problems = with_block(tmp_path, "      use: address_block\n", block)
    assert problems == []
    assert "towns" in scheme.lists


def test_list_of_the_scheme_and_shared_one_of_the_same_name_are_told(tmp_path):
    put(tmp_path, {"shared/lists/towns.csv": TOWNS, "rent/lists/towns.csv": TOWNS})
    _, problems = rent(tmp_path, USING.replace(PAGE, TOWN))
    assert problems == [
        "shared/lists/towns.csv:1:1: shared_twice: `towns` is the name of two files: rent/lists/towns.csv, "
        "shared/lists/towns.csv. Give one of them another name."
    ]


def test_fault_in_a_shared_list_is_told_at_its_line(tmp_path):
    put(tmp_path, {"shared/lists/towns.csv": TOWNS + "74000,Deux fois\n"})
    _, problems = rent(tmp_path, USING.replace(PAGE, TOWN))
    assert [one.split(": ")[:2] for one in problems] == [["shared/lists/towns.csv:3:1", "list_code_twice"]]


# -- what a version carries --------------------------------------------------------------------------------


def test_bundle_carries_the_shared_files_it_uses_and_no_other(tmp_path):
    put(tmp_path, {"shared/fields/address_block.yaml": ADDRESS, "shared/fields/bank.yaml": ADDRESS})
    put(tmp_path, {"shared/lists/towns.csv": TOWNS, "shared/lists/other.csv": TOWNS})
    put(tmp_path, {"rent/scheme.yaml": USING.replace(PAGE, TOWN + "      use: address_block\n")})
    assert sorted(Bundle.read(tmp_path / "rent").files) == [
        "scheme.yaml",
        "shared/fields/address_block.yaml",
        "shared/lists/towns.csv",
        "workflows/library/instruction.yaml",
    ]


def test_checksum_covers_the_shared_files(tmp_path):
    put(
        tmp_path,
        {
            "shared/fields/address_block.yaml": ADDRESS,
            "rent/scheme.yaml": USING.replace(PAGE, "      use: address_block\n"),
        },
    )
    before = Bundle.read(tmp_path / "rent").checksum
    put(tmp_path, {"shared/fields/address_block.yaml": ADDRESS.replace("Rue", "Voie")})
    assert Bundle.read(tmp_path / "rent").checksum != before


def test_version_is_read_from_its_own_files_alone(tmp_path):
    put(
        tmp_path,
        {
            "shared/fields/address_block.yaml": ADDRESS,
            "rent/scheme.yaml": USING.replace(PAGE, "      use: address_block\n"),
        },
    )
    kept = Bundle(Bundle.read(tmp_path / "rent").files)
    scheme, problems = check_scheme(kept)
    assert problems == ()
    assert list(scheme.fields) == ["street", "postcode"]


def test_version_written_out_is_read_with_the_shared_files_it_carries(tmp_path):
    put(
        tmp_path,
        {
            "shared/fields/address_block.yaml": ADDRESS,
            "rent/scheme.yaml": USING.replace(PAGE, "      use: address_block\n"),
        },
    )
    first = Bundle.read(tmp_path / "rent")
    put(tmp_path / "elsewhere" / "rent", dict(first.files))
    assert Bundle.read(tmp_path / "elsewhere" / "rent").checksum == first.checksum


def test_one_file_scheme_takes_shared_files_too(tmp_path):
    put(
        tmp_path,
        {
            "shared/fields/address_block.yaml": ADDRESS,
            "rent.yaml": USING.replace(PAGE, "      use: address_block\n"),
        },
    )
    scheme, problems = check_scheme(Bundle.read(tmp_path / "rent.yaml"))
    assert problems == ()
    assert list(scheme.fields) == ["street", "postcode"]
