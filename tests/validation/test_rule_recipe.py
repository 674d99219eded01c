"""A rule is added as CONTRIBUTING.md says: in one module, and nowhere else in the code."""

import os
import subprocess
import sys

from repository import copy_of

RULE = '''

@rule(
    "W698",
    Scope.ANNOTATIONS,
    title="note about nothing",
    why="A note that only says todo helps nobody.",
    fix="Write the note, or drop it.",
    example=Example('"note": "todo"', '"note": null'),
    mistake={"/actors/0/note": "todo"},
)
def todo(view: AnnotationView) -> Iterator[Fault]:
    """A note of a mention says todo."""
    for index, mention in enumerate(view.record.actors):
        if mention.note == "todo":
            yield Fault(f"/actors/{index}/note", "the note says todo")
'''
TESTS = (
    "tests/validation/test_findings.py::test_the_mistake_that_a_rule_declares_gives_its_finding_and_no_other",
    "tests/validation/test_findings.py::test_every_rule_declares_a_mistake_or_is_about_other_files",
    "tests/validation/test_findings.py::test_a_rule_explains_itself",
    "tests/validation/test_not_applied.py::test_a_rule_reads_the_languages_and_needs_what_it_declares",
    "tests/validation/test_guards.py::test_declared_mistakes",
    "tests/validation/test_mutations.py::test_every_code_has_a_mutator_or_a_reason",
)


def test_a_rule_is_added_in_its_module(shipped, tmp_path):
    copied = ("src", "tests", "pyproject.toml")
    root = copy_of(shipped, tmp_path / "copy", *copied)
    with (root / "src/warclaims/validation/rules/layers.py").open("a", encoding="utf-8") as module:
        module.write(RULE)

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", *arguments],
            cwd=root,
            env={**os.environ, "PYTHONPATH": str(root / "src")},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    assert "wrote docs/rules.md" in run("warclaims", "build")
    assert "note about nothing" in (root / "docs/rules.md").read_text("utf-8")
    assert "note about nothing" in run("warclaims", "validate", "--explain", "W698")
    selection = "W698 or about_other_files or every_code"
    assert "6 passed" in run("pytest", "-q", "-n0", "-k", selection, *TESTS)
