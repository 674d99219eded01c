"""The project of a corpus and an annotation set on a server, and its labelling configuration."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from warclaims.errors import WarclaimsError
from warclaims.labelstudio import configuration
from warclaims.studio.connection import ONCE, in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warclaims.corpus import Corpus
    from warclaims.studio.connection import Connection

GUIDE = """<h3>What to do</h3>
<ol>
<li>Press a number key (1 actor … 6 content), then drag over the words; or click a mark to change
it.</li>
<li>Choose its attributes on the right. Names come from the registries: type to search. A name that
is missing goes into “new entry”.</li>
<li>To link two marks: click the first, press Alt+R, click the second. The pair tells what is meant:
actor → cue: source; cue → content; cue → actor: blamed; casualty → trigger; casualty → actor:
perpetrator; casualty → casualty: part of.</li>
<li>Grey text is not part of the article. Never annotate it.</li>
<li>Submit or Update saves. Unsaved work is not brought back.</li>
</ol>
<p>How hard cases are decided stands in annotations/GUIDELINES.md of the corpus.</p>"""


LONGEST_TITLE = 50
"""The server takes no longer one."""


@dataclass(frozen=True)
class Project:
    """A project on a server."""

    id: int
    title: str
    is_new: bool = False


def title_of(corpus: Corpus, set_name: str) -> str:
    """The title that a project is known by; long ones are cut and told apart by a hash."""
    title = f"WarClaims {corpus.root.resolve().name}: {set_name}"
    if len(title) <= LONGEST_TITLE:
        return title
    mark = sha256(title.encode()).hexdigest()[:8]
    return f"{title[: LONGEST_TITLE - len(mark) - 1]} {mark}"


def find_project(connection: Connection, title: str) -> Any:
    """The project of this title as the client gives it; null if there is none.

    Raises:
        WarclaimsError: there are several.
    """
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


def ensure_project(connection: Connection, title: str, *, replace: bool = False) -> Project:
    """The project, made if there is none; its configuration is ours.

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
                expert_instruction=GUIDE,
                show_instruction=True,
                show_collab_predictions=True,
                enable_empty_annotation=False,
                maximum_annotations=1,
                request_options=ONCE,
            )
            return Project(int(made.id), title, is_new=True)
        held = client.projects.get(id=found.id).label_config or ""
        if not same_configuration(held, config):
            if not replace:
                raise WarclaimsError(
                    f"the project {title!r} has another labelling configuration than this release "
                    f"makes (see {connection.url}/projects/{found.id}/settings/labeling). Pull "
                    "what was done there, then push with --replace-configuration"
                )
            client.projects.update(id=found.id, label_config=config)
    return Project(int(found.id), title)


def same_configuration(one: str, other: str) -> bool:
    """True if two configurations differ in white space and the order of attributes at most."""
    try:
        return ET.canonicalize(one, strip_text=True) == ET.canonicalize(other, strip_text=True)
    except ET.ParseError:
        return False
