"""Commands that write to one corpus at the same time lose nothing."""

from __future__ import annotations

import shutil

import pytest

import warclaims
from conftest import FIXTURES
from sizes import examples
from warclaims.validation import validate

pytestmark = [pytest.mark.soak, pytest.mark.xdist_group("commands")]
ROUNDS = examples(2, 50)
TEXTS, ENTRIES = 3, 4


def test_texts_and_entries_that_come_at_the_same_time_are_all_kept(commands, tmp_path, count):
    root = shutil.copytree(FIXTURES / "mini", tmp_path / "corpus")
    before = warclaims.open(root)
    documents, actors = set(before.documents), set(before.registries.actors)
    for number in range(ROUNDS):
        running = []
        for one in range(TEXTS):
            text = tmp_path / f"text-{number}-{one}.txt"
            text.write_text(f"Two people were killed on day {number}, source {one} said.\n")
            running.append(
                commands.start(
                    *("--corpus", str(root), "add", str(text)),
                    *("--language", "en", "--annotator", "a"),
                )
            )
            documents.add(text.stem)
        for one in range(ENTRIES):
            name = f"actor-{number}-{one}"
            options = ("--label", f"Actor {number} {one}", "--type", "other")
            running.append(
                commands.start("--corpus", str(root), "register", "actor", name, *options)
            )
            actors.add(name)
        for ended in [one.end() for one in running]:
            assert ended.status == 0, ended.said
        after = warclaims.open(root)
        assert set(after.documents) == documents
        assert set(after.registries.actors) == actors
        for name in documents:
            assert after.bundle(name).document.id == name
    assert not [finding for finding in validate(after) if not finding.is_warning]
    assert not [path for path in root.rglob(".*") if path.is_file()]
    count(f"{ROUNDS} rounds of {TEXTS} add and {ENTRIES} register")
