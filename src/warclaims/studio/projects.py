"""The project of a corpus and an annotation set on a server, and its labelling configuration."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from warclaims.errors import WarclaimsError
from warclaims.labelstudio import configuration
from warclaims.labelstudio.interface import MARKS
from warclaims.layout import GOLD
from warclaims.studio.connection import ONCE, in_words
from warclaims.studio.held import without_work

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warclaims.corpus import Corpus
    from warclaims.studio.connection import Connection

_KEYS = ", ".join(f"{mark.hotkey} {mark.label}" for mark in MARKS.values() if mark.layer)

GUIDE = f"""<p><b>To mark words</b>, press Escape so that no mark is selected, then the number of
the label ({_KEYS}), and drag over the words. While a mark is selected a number changes its
label.</p>
<br/>
<p><b>Click a mark</b> to choose its attributes on the right; the letters beside choices are their
keys. Names come from the registries: type to search. One that is missing goes into “new
entry”.</p>
<br/>
<p><b>To link two marks</b>, click the first, press Alt+R, click the second. The pair tells what is
meant: actor → cue: source; cue → content; cue → actor: blamed; casualty → trigger; casualty →
actor: perpetrator; casualty → casualty: part of. A quotation that no words attribute is
content_uncued, and takes the place of the cue. Two marks of one label that are one mention are
linked, too.</p>
<br/>
<p><b>Grey text</b> is not part of the article. Never annotate it.</p>
<br/>
<p><b>Submit or Update</b> saves. Unsaved work is not brought back.</p>
<br/>
<p>How hard cases are decided stands in annotations/GUIDELINES.md of the corpus.</p>"""


COMPARING = """<br/>
<p><b>Here you decide</b> between two readings, {first} and {second}. You begin from both in one:
what they agree on, what only one has, and {first}’s reading of what they read differently; or from
what was decided before. A mark on which they differ says so in its details (click it). Either
reading as it stands is beside it, among the predictions. Delete what is wrong, correct what is not
right, then Submit or Update.</p>"""

LONGEST_TITLE = 50
"""The server takes no longer one."""


@dataclass(frozen=True)
class Project:
    """A project on a server."""

    id: int
    title: str
    is_new: bool = False
    annotators: int = 1
    """How many are to annotate each task."""


def title_of(corpus: Corpus, set_name: str, compared: tuple[str, str] | None = None) -> str:
    """The title that a project is known by; long ones are cut and told apart by a hash.

    It names the set, or the two that are ``compared``, and where it is not gold that set, too.
    """
    what = set_name
    if compared:
        what = " + ".join(compared) + (f" → {set_name}" if set_name != GOLD else "")
    title = f"WarClaims {corpus.root.resolve().name}: {what}"
    if len(title) <= LONGEST_TITLE:
        return title
    mark = sha256(title.encode()).hexdigest()[:8]
    return f"{title[: LONGEST_TITLE - len(mark) - 1]} {mark}"


def find_project(connection: Connection, title: str) -> Any:
    """The project of this title as the client gives it; null if there is none.

    Raises:
        WarclaimsError: there are several, or the title is longer than the server takes.
    """
    if len(title) > LONGEST_TITLE:
        raise WarclaimsError(
            f"the title {title!r} has {len(title)} characters; a project's has {LONGEST_TITLE} at "
            "the most"
        )
    with in_words(connection.url):
        listed: Iterable[Any] = connection.client.projects.list(title=title)
        found = [project for project in listed if project.title == title]
    if len(found) > 1:
        ids = ", ".join(str(project.id) for project in found)
        raise WarclaimsError(
            f"the server has {len(found)} projects called {title!r} (ids {ids}); rename all but "
            "one of them there"
        )
    return found[0] if found else None


def require_same_corpus(connection: Connection, project: int, corpus: Corpus) -> None:
    """Make sure that the tasks of a project are of this corpus, not of another of its name.

    Raises:
        WarclaimsError: one is of a document that has another text here, or all are of documents
            that are not here.
    """
    url = connection.project_url(project)
    advice = "name a project of its own with --project TITLE, on push and on pull"
    known = {document.sha256 for document in corpus.documents.values()}
    found = False
    strangers: list[str] = []
    for task in without_work(connection, project):
        if task.data.get("sha256") in known:
            found = True
        elif task.document in corpus.documents:
            raise WarclaimsError(
                f"the project {url} has another text as document {task.document} (task {task.id}) "
                f"than this corpus. If it is of another corpus in a folder of the same name, "
                f"{advice}; if the text was replaced here, delete that task there"
            )
        elif task.document is not None:
            strangers.append(task.document)
    if strangers and not found:
        listed = ", ".join(strangers[:5]) + " …" * (len(strangers) > 5)
        raise WarclaimsError(
            f"the project {url} is of another corpus: none of its documents ({listed}) is here; "
            f"{advice}"
        )


def ensure_project(
    connection: Connection,
    title: str,
    *,
    replace: bool = False,
    annotators: int | None = None,
    guide: str = GUIDE,
    dry_run: bool = False,
) -> Project:
    """The project, made if there is none; its configuration is ours.

    ``annotators`` is how many are to annotate each task; by default one, or as it is there. A
    ``dry_run`` changes nothing of a project that is there.

    Raises:
        WarclaimsError: its configuration is another one, and ``replace`` does not ask for ours.
    """
    config = configuration().decode()
    found = find_project(connection, title)
    client = connection.client
    with in_words(connection.url):
        if found is None:
            made: Any = client.projects.create(
                title=title,
                label_config=config,
                expert_instruction=guide,
                show_instruction=True,
                show_collab_predictions=True,
                enable_empty_annotation=False,
                maximum_annotations=annotators or 1,
                request_options=ONCE,
            )
            return Project(int(made.id), title, is_new=True, annotators=annotators or 1)
        there: Any = client.projects.get(id=found.id)
        held = there.label_config or ""
        number = int(getattr(there, "maximum_annotations", None) or 1)
        if not same_configuration(held, config):
            if not replace:
                raise WarclaimsError(
                    f"the project {title!r} has another labelling configuration than this release "
                    f"makes (see {connection.url}/projects/{found.id}/settings/labeling). Pull "
                    "what was done there, then push with --replace-configuration"
                )
            if not dry_run:
                client.projects.update(id=found.id, label_config=config, expert_instruction=GUIDE)
        if annotators and annotators != number:
            number = annotators
            if not dry_run:
                client.projects.update(id=found.id, maximum_annotations=annotators)
    return Project(int(found.id), title, annotators=number)


def same_configuration(one: str, other: str) -> bool:
    """True if two configurations differ in white space and the order of attributes at most."""
    try:
        return ET.canonicalize(one, strip_text=True) == ET.canonicalize(other, strip_text=True)
    except ET.ParseError:
        return False
