"""Suggestions of a system in Label Studio: sent as predictions, and compared with the work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from test_compare import delete

import warclaims
from warclaims.commands import main
from warclaims.commands.pull_report import PullReport
from warclaims.corpus import canonical_bytes
from warclaims.errors import WarclaimsError
from warclaims.studio.compare import sent_again
from warclaims.studio.server_tasks import server_tasks
from warclaims.studio.suggested import SUGGESTED, fates, suggested_task

if TYPE_CHECKING:
    from warclaims.studio.pull import PulledDocument

ANNOTATOR = "a"


def run(corpus, *arguments):
    with pytest.raises(SystemExit) as done:
        main(["--corpus", str(corpus), *arguments])
    return done.value.code


@pytest.fixture
def suggested(mini):
    """A corpus of which an annotator has done nothing, with suggestions of the rules for one."""
    assert run(mini, "suggest", "one") == 0
    for document in ("one", "two"):
        (mini / f"annotations/passes/{ANNOTATOR}/{document}.json").unlink()
    return warclaims.open(mini)


def test_a_task_has_the_suggestions_as_a_prediction(suggested):
    made = suggested_task(suggested, "rules", ANNOTATOR, "one")
    (prediction,) = made["predictions"]
    assert made["annotations"] == []
    assert prediction["model_version"] == f"rules {warclaims.__version__}"
    assert {item["id"][:2] for item in prediction["result"] if "id" in item} == {"S-"}
    assert made["data"]["set"] == ANNOTATOR
    assert not made["data"]["exported"]["casualties"]
    assert sent_again(made["data"], suggested) == made


def test_a_document_without_suggestions_is_a_plain_task(suggested):
    made = suggested_task(suggested, "rules", ANNOTATOR, "two")
    assert SUGGESTED not in made["data"]
    with pytest.raises(WarclaimsError, match="unknown set of predictions"):
        suggested_task(suggested, "nobody", ANNOTATOR, "two")


def test_what_became_of_suggestions(suggested):
    before = suggested.annotations("one", "predictions/rules")
    _, second, *others = before.casualties
    other = second.model_copy(update={"outcome": "missing", "note": "sic"})
    noted = [one.model_copy(update={"id": f"x{one.id}", "note": "seen"}) for one in others]
    after = before.model_copy(update={"casualties": (other, *noted), "locations": ()})
    found = fates(before, after)
    expected = {"kept": len(others), "changed": 1, "rejected": 1, "added": 0}
    assert {name: found["casualties"][name] for name in expected} == expected
    assert found["locations"]["rejected"] == len(before.locations)
    assert found["attributions"]["kept"] == len(before.attributions)
    assert fates(after, before)["locations"]["added"] == len(before.locations)


@pytest.mark.xdist_group("studio")
def test_suggestions_are_corrected_on_a_server(desk, capsys):
    root = desk.corpus.root
    assert run(root, "suggest", "001") == 0
    corpus = warclaims.open(root)
    empty = corpus.annotations("001").model_copy(
        update=dict.fromkeys(("actors", "locations", "casualties", "attributions"), ())
    )
    corpus.layout.annotation_file("gold", "001").write_bytes(canonical_bytes(empty))
    desk.corpus = corpus
    options = {
        "documents": ["001"],
        "make": lambda corpus, target, name: suggested_task(corpus, "rules", target, name),
    }
    assert desk.push(**options) == {"001": "sent"}
    assert desk.push(**options) == {"001": "unchanged"}
    (task,) = server_tasks(desk.connection, desk.project)
    client = desk.connection.client
    (listed,) = client.views.list(project=desk.project)
    hidden = listed.data["hiddenColumns"]["explore"]
    assert [key for key in task.data if f"tasks:data.{key}" not in hidden] == ["header"]
    (prediction,) = client.tasks.get(id=str(task.id)).dict()["predictions"]
    suggestions = corpus.annotations("001", "predictions/rules")
    gone = suggestions.locations[0]
    client.annotations.create(
        id=task.id,
        result=delete(prediction["result"], f"S-location-1-{gone.id}"),
        parent_prediction=prediction["id"],
    )
    pulled: PulledDocument = desk.pull()["001"]
    assert pulled.suggested == suggestions
    report = PullReport(corpus)
    report.show(pulled)
    report.show_totals()
    said = capsys.readouterr().out
    number = len(suggestions.locations)
    assert f"locations: of {number} suggestions {number - 1} kept, 0 changed, 1 rejected" in said
    number = len(suggestions.casualties)
    assert (
        f"casualties: of {number} suggestions {number} kept, 0 changed, 0 rejected, 100 %" in said
    )


@pytest.mark.parametrize(
    "others", [("--predictions",), ("--compare", "a", "b"), ("--queue", "3", "--set", "anna")]
)
def test_suggestions_go_with_no_other_form_of_tasks(mini, capsys, others):
    assert run(mini, "studio", "push", "--suggestions", "rules", *others) == 2
    assert "cannot be combined" in capsys.readouterr().err
