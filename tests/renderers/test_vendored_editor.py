"""The editor's bundle is what its recipe says: licences kept, no registry named, nothing that our policy refuses."""

from __future__ import annotations

import json
import re
from pathlib import Path

HERE = Path(__file__).parents[2] / "renderers/static/vendor/codemirror"
LOCK = json.loads((HERE / "package-lock.json").read_text(encoding="utf-8"))


def test_lock_names_no_registry_and_every_checksum():
    packages = {name: one for name, one in LOCK["packages"].items() if name}
    assert packages
    assert [name for name, one in packages.items() if "resolved" in one or "integrity" not in one] == []


def test_every_package_in_the_bundle_has_its_licence():
    licences = (HERE / "LICENCES.md").read_text(encoding="utf-8")
    bundled = {
        name.removeprefix("node_modules/")
        for name, one in LOCK["packages"].items()
        if name and not one.get("dev")
    }
    assert {"@codemirror/view", "style-mod"} <= bundled
    assert [name for name in bundled if f"## {name}\n" not in licences] == []


def test_bundle_runs_under_our_policy():
    text = (HERE / "codemirror.min.mjs").read_text(encoding="utf-8")
    assert not re.search(r"\beval\(|new Function\(|document\.write", text)
    assert not re.search(r"""(?:fetch|import)\(["'`]""", text)


def test_studio_takes_only_what_the_bundle_gives():
    given = set(re.findall(r"\b\w+\b", (HERE / "bundle.mjs").read_text(encoding="utf-8")))
    for script in (HERE.parents[1] / "studio").glob("*.js"):
        found = re.search(r"import \{([^}]*)\} from \"../vendor", script.read_text(encoding="utf-8"))
        assert not found or set(re.findall(r"\w+", found[1])) <= given, script.name
