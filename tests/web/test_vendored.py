"""Vendored scripts are the bytes that their recipe makes, from packages known by their hashes."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import web

CODEMIRROR = Path(web.__file__).parent / "static" / "vendor" / "codemirror"
BUNDLE = CODEMIRROR / "codemirror.js"


def test_the_bundle_has_the_recorded_hash() -> None:
    recipe = (CODEMIRROR / "README.md").read_text(encoding="utf-8")
    recorded = re.findall(r"sha256  ([0-9a-f]{64})", recipe)

    assert recorded == [hashlib.sha256(BUNDLE.read_bytes()).hexdigest()]


def test_every_package_of_the_bundle_is_pinned_by_its_hash_and_named_without_an_address() -> None:
    lock = json.loads((CODEMIRROR / "build" / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    wanted = json.loads((CODEMIRROR / "build" / "package.json").read_text(encoding="utf-8"))

    assert len(packages) > 20
    for name, entry in packages.items():
        assert entry["integrity"].startswith("sha512-"), name
        assert "resolved" not in entry, name
    for name, version in {**wanted["dependencies"], **wanted["devDependencies"]}.items():
        assert packages[f"node_modules/{name}"]["version"] == version


def test_nothing_in_the_bundle_makes_code_of_text() -> None:
    text = BUNDLE.read_text(encoding="utf-8")

    assert not re.search(r"\beval\(|\bnew Function\b|\bimport\(", text)


def test_the_editor_imports_what_the_bundle_has_and_all_of_it() -> None:
    """What is bundled and used by nobody would be carried for nothing."""
    entry = (CODEMIRROR / "build" / "entry.js").read_text(encoding="utf-8")
    scripts = (CODEMIRROR.parents[1] / "editor").glob("*.js")
    imported: set[str] = set()
    for script in scripts:
        for names in re.findall(
            r"import \{([^}]*)\} from \"../vendor/codemirror/codemirror.js\"",
            script.read_text(encoding="utf-8"),
        ):
            imported |= set(re.findall(r"\w+", names))

    bundled = {
        name for names in re.findall(r"export \{([^}]*)\}", entry) for name in names.split(",")
    }
    assert imported == {name.strip() for name in bundled if name.strip()}
