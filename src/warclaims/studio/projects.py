"""Find or create the project of an annotation set on a server, and check what it is for."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import msgspec

from warclaims.errors import WarclaimsError
from warclaims.labelstudio import configuration
from warclaims.labelstudio.exported import TaskData, is_of_format_1
from warclaims.labelstudio.guide import GUIDE
from warclaims.labelstudio.labels_and_relations import controls
from warclaims.layout import GOLD
from warclaims.studio.answers import ProjectAnswer, ProjectPage
from warclaims.studio.compare import PREDICTED, READINGS
from warclaims.studio.server_tasks import tasks_without_work
from warclaims.studio.suggested import SUGGESTED
from warclaims.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from warclaims.corpus import Corpus
    from warclaims.records import Lists
    from warclaims.studio.connection import Connection

COMPARING = """<br>
<p><b>In this project you decide</b> between two annotation sets, {first} and {second}. Each task
begins with both combined: the records on which they agree, the records that only one of them has,
and {first}’s reading where they differ. If a document was decided before, its task begins with that
decision. Click a region to see in its details how the two sets differ. Each set alone is shown
among the predictions. Delete or correct what is wrong, then Submit or Update.</p>"""

QUEUED = """<br>
<p><b>In this project you decide records in question.</b> The heading of each task lists them, the
record that is worth most first, and the details of their regions have the question. Correct what is
wrong; where a record has another reading (“alternatives”), keep one: if you decide for the other
reading, enter it and empty the field. Then Submit. The tasks are in the order of worth.</p>"""

MAX_PAGES = 100
"""Pages of a list of projects that are read."""

SHORTEST_TITLE, LONGEST_TITLE = 3, 50
"""Characters of a title; the server refuses others."""


def title_of(corpus: Corpus, set_name: str, compared: tuple[str, str] | None = None) -> str:
    """The default title of a project; a long one is cut and made unique by a hash.

    It names the set, or the two sets that are ``compared`` and the target set unless it is gold.
    """
    what = set_name
    if compared:
        what = " + ".join(compared) + (f" → {set_name}" if set_name != GOLD else "")
    title = f"WarClaims {corpus.root.resolve().name}: {what}"
    if len(title) <= LONGEST_TITLE:
        return title
    mark = sha256(title.encode()).hexdigest()[:8]
    return f"{title[: LONGEST_TITLE - len(mark) - 1]} {mark}"


def sound_title(title: str) -> str:
    """A title as the server stores it: without spaces around it.

    Raises:
        WarclaimsError: the server does not accept a title of this length.
    """
    title = title.strip()
    if not SHORTEST_TITLE <= len(title) <= LONGEST_TITLE:
        raise WarclaimsError(
            f"the title {title!r} has {len(title)} characters; the title of a project has "
            f"{SHORTEST_TITLE} to {LONGEST_TITLE}"
        )
    return title


def find_project(connection: Connection, title: str) -> ProjectAnswer | None:
    """The project of this title; ``None`` if there is none.

    Raises:
        WarclaimsError: there are several, or the server does not accept such a title.
    """
    title = sound_title(title)
    found = [project for project in _listed(connection, title) if project.title == title]
    if len(found) > 1:
        ids = ", ".join(str(project.id) for project in found)
        raise WarclaimsError(
            f"the server has {len(found)} projects called {title!r} (ids {ids}). Rename all but "
            "one of them there"
        )
    return found[0] if found else None


def _listed(connection: Connection, title: str) -> Iterator[ProjectAnswer]:
    """The projects whose titles contain ``title``.

    Raises:
        WarclaimsError: the server refused or did not answer, or the list does not end.
    """
    seen: set[int] = set()
    for page in range(1, MAX_PAGES + 1):
        answer = connection.ask("api/projects/", ProjectPage, title=title, page=page, page_size=100)
        ids = {project.id for project in answer.results}
        if not ids.isdisjoint(seen):
            break
        seen |= ids
        yield from answer.results
        if not answer.next:
            return
    raise WarclaimsError(
        f"the server at {connection.url} lists its projects without end. Is it a Label Studio "
        "server?"
    )


@dataclass(frozen=True, order=True)
class TaskPurpose:
    """The purpose of a task: to annotate for a set, or to decide between two sets for a set."""

    set_name: str
    compared: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The purpose as text.

        >>> print(TaskPurpose("gold"), "/", TaskPurpose("gold", ("a", "b")))
        set gold / a + b compared for set gold
        """
        return f"{' + '.join(self.compared)} compared for " * bool(self.compared) + (
            f"set {self.set_name}"
        )


def require_same_corpus(
    connection: Connection, project: int, corpus: Corpus
) -> dict[TaskPurpose, list[str]]:
    """Require that the tasks of a project are of this corpus, not of another of the same name.

    Returns:
        The documents of the tasks, by purpose.

    Raises:
        WarclaimsError: a document has another text here, or none of the documents is here.
    """
    url = connection.project_url(project)
    advice = "use another project (--project TITLE, on push and on pull)"
    known = {document.sha256 for document in corpus.documents.values()}
    found = False
    strangers: list[str] = []
    purposes: dict[TaskPurpose, list[str]] = {}
    for found_task in tasks_without_work(connection, project):
        task = found_task.under_current_id(corpus)
        if task.document is not None and task.set_name is not None:
            readings = task.data.get(READINGS)
            purpose = TaskPurpose(
                task.set_name, tuple(readings) if isinstance(readings, dict) else ()
            )
            purposes.setdefault(purpose, []).append(task.document)
        if task.sha256 in known:
            found = True
        elif task.document in corpus.documents:
            raise WarclaimsError(
                f"the project {url} has another text as document {task.document} (task {task.id}) "
                f"than this corpus. If it belongs to another corpus in a folder of the same name, "
                f"{advice}. If the text was replaced here, delete that task there"
            )
        elif task.document is not None:
            strangers.append(task.document)
    if strangers and not found:
        listed = ", ".join(strangers[:5]) + " …" * (len(strangers) > 5)
        raise WarclaimsError(
            f"the project {url} belongs to another corpus: none of its documents ({listed}) is "
            f"here. Instead, {advice}"
        )
    return purposes


def require_purpose(
    title: str, purposes: Mapping[TaskPurpose, Sequence[str]], purpose: TaskPurpose
) -> None:
    """Require that all tasks of a project have this purpose.

    Raises:
        WarclaimsError: some do not.
    """
    if others := _in_words({k: v for k, v in purposes.items() if k != purpose}):
        raise WarclaimsError(
            f"the project {title!r} has {others}, and this would be {purpose}. Name another "
            "project with --project TITLE"
        )


def others_in_words(purposes: Mapping[TaskPurpose, Sequence[str]], set_name: str) -> str:
    """A message about tasks of other sets in a project; empty if there are none."""
    others = {purpose: found for purpose, found in purposes.items() if purpose.set_name != set_name}
    options = " or ".join(dict.fromkeys(f"--set {purpose.set_name}" for purpose in sorted(others)))
    return f"{_in_words(others)} left: pull them with {options}" if others else ""


def _in_words(purposes: Mapping[TaskPurpose, Sequence[str]]) -> str:
    """The number of tasks for each purpose, as text.

    >>> _in_words({TaskPurpose("gold"): ["000"], TaskPurpose("anna"): ["000", "001"]})
    '2 tasks of set anna and 1 task of set gold'
    """
    return " and ".join(
        f"{plural(len(purposes[purpose]), 'task')} of {purpose}" for purpose in sorted(purposes)
    )


def ensure_project(
    connection: Connection,
    title: str,
    lists: Lists,
    *,
    replace: bool = False,
    annotators: int | None = None,
    guide: str = GUIDE,
    dry_run: bool = False,
) -> ProjectAnswer:
    """Create the project, or update the instructions and settings of an existing one.

    ``lists`` are those of the corpus. ``annotators`` is how many are to annotate each task; by
    default one, or as in the existing project. A ``dry_run`` does not change an existing project.

    Raises:
        WarclaimsError: its labelling configuration differs, and it is not to be replaced, or cannot
            be, because the project has tasks of format 1.
    """
    config = configuration(lists).decode()
    title = sound_title(title)
    found = find_project(connection, title)
    if found is None:
        asked = {
            "title": title,
            "label_config": config,
            "expert_instruction": guide,
            "show_instruction": True,
            "show_collab_predictions": True,
            "enable_empty_annotation": False,
            "maximum_annotations": annotators or 1,
        }
        made = connection.send("api/projects/", msgspec.json.encode(asked), ProjectAnswer)
        view = {"project": made.id, "data": _list_of_documents()}
        connection.send("api/dm/views/", msgspec.json.encode(view), dict)
        made.maximum_annotations = annotators or 1
        return made
    path = f"api/projects/{found.id}/"
    there = connection.ask(path, ProjectAnswer)
    changes: dict[str, Any] = {}
    if not same_configuration(there.label_config or "", config):
        if any(is_of_format_1(one.data) for one in tasks_without_work(connection, found.id)):
            raise WarclaimsError(
                f"the project {connection.project_url(found.id)} has tasks of format 1, which an "
                "earlier release sent; the labelling configuration of this release would damage "
                "their annotations. Pull them with the release that sent them (pip install "
                "'warclaims==0.1.*'), then push into a new project (--project TITLE), or delete "
                "this one first"
            )
        if not replace:
            raise WarclaimsError(
                f"the labelling configuration of the project {title!r} differs from that of this "
                f"release (see {connection.url}/projects/{found.id}/settings/labeling). Pull the "
                "work, then push with --replace-configuration"
            )
        changes["label_config"] = config
    if (there.expert_instruction or "") != guide:
        changes["expert_instruction"] = guide
    if annotators and annotators != (there.maximum_annotations or 1):
        there.maximum_annotations = changes["maximum_annotations"] = annotators
    if changes and not dry_run:
        connection.send(path, msgspec.json.encode(changes), ProjectAnswer, method="PATCH")
    return there


_DETAILS = (
    *("inner_id", "annotations_results", "annotations_ids", "cancelled_annotations"),
    *("predictions_score", "predictions_model_versions", "predictions_results", "ground_truth"),
    *("total_predictions", "file_upload", "storage_filename", "created_at", "completed_at"),
    *("updated_by", "avg_lead_time", "draft_exists", "agreement", "allow_skip"),
)
"""Columns that are hidden in the list of tasks."""


def _list_of_documents() -> dict[str, Any]:
    """The view of the tasks of a project: only the column that names the document is shown."""
    registries = {control.registry for control in controls().values() if control.registry}
    data = sorted({*TaskData.model_fields, *registries, PREDICTED, READINGS, SUGGESTED})
    hidden = [f"tasks:{name}" for name in (*(f"data.{key}" for key in data), *_DETAILS)]
    return {
        "title": "Documents",
        "type": "list",
        "target": "tasks",
        "hiddenColumns": {"explore": hidden, "labeling": hidden},
        "columnsWidth": {"tasks:data.header": 500},
    }


def same_configuration(one: str, other: str) -> bool:
    """True if two configurations differ only in white space and the order of attributes."""
    try:
        return ET.canonicalize(one, strip_text=True) == ET.canonicalize(other, strip_text=True)
    except (ET.ParseError, ValueError, LookupError):  # the last: an unknown encoding
        return False
