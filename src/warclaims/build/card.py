"""The generated parts of the pages: front matter, marked blocks, figures in sentences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from warclaims.accounts.by_event import TOGETHER
from warclaims.accounts.event_views import EventViews
from warclaims.build.agreement import (
    compared_round,
    details_block,
    review_block,
    round_block,
    summary_block,
)
from warclaims.build.api_page import api_block
from warclaims.build.challenges import challenges_block
from warclaims.build.codebook import codebook, values
from warclaims.build.commands_page import commands_block, environment_block
from warclaims.build.front_matter import (
    CACHE_KEY,
    FRONT_MATTER,
    cache_key,
    card_of,
    described,
    front_matter,
    read_page,
)
from warclaims.build.metadata import metadata_files
from warclaims.build.tables import TABLES
from warclaims.citation import STYLES, is_citable
from warclaims.derive.bio import LOSSES, TAG_COLUMNS
from warclaims.errors import WarclaimsError
from warclaims.formats import FORMATS
from warclaims.formats.features import FEATURES
from warclaims.formats.problems import CODES as IMPORT_CODES
from warclaims.labelstudio.codes import CODES
from warclaims.layout import GOLD
from warclaims.markdown import Markdown, code, escape, markdown_table
from warclaims.records import LAYERS, vocabulary
from warclaims.validation import RULES
from warclaims.validation.page import rules_page
from warclaims.wording import in_prose, when

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from warclaims.accounts.event_views import EventView, Testimony
    from warclaims.build.table_input import TableInput

CARD = "README.md"
PAGES = ("annotations/*.md", "docs/*.md")
"""Further pages with marked blocks or figures."""

_MARK = re.compile(r"^<!-- begin generated: |<!-- figure: ", re.MULTILINE)
_BLOCK = re.compile(
    r"(<!-- begin generated: (?P<name>[\w.-]+) -->\n).*?(<!-- end generated: (?P=name) -->)",
    re.DOTALL,
)


def generated_pages(
    source: TableInput, manifest: dict[str, Any], rows: dict[str, int]
) -> dict[str, bytes]:
    """The pages with new generated parts, by path in the corpus directory.

    What people wrote outside the front matter and the marked blocks is left as it is.

    Raises:
        WarclaimsError: a marked block has an unknown name.
    """
    root = source.corpus.root
    layout = source.corpus.layout
    card = card_of(source)
    body = _filled(FRONT_MATTER.sub("", card, count=1), layout.card, source, rows)
    pages = {
        CARD: front_matter(card, source, rows) + body,
        CACHE_KEY: cache_key(manifest, rows),
    }
    for path in sorted(path for pattern in PAGES for path in root.glob(pattern)):
        page = read_page(path)
        if page is not None and _MARK.search(page):
            pages[layout.relative(path)] = _filled(page, path, source, rows)
    if source.corpus.description is not None:
        pages.update(metadata_files(described(source), root))
    return {name: text.encode() for name, text in pages.items()}


def _rules(source: TableInput, rows: dict[str, int]) -> str:
    table = markdown_table(["code", "finding"], CODES.items())
    return (
        f"{rules_page()}\n"
        "## Exchange with Label Studio\n\n"
        "What `warclaims export labelstudio` and `warclaims import labelstudio` find; codes L6 are "
        f"warnings.\n\n{table}\n\n"
        "## Files of other programs\n\n"
        "What `warclaims import` finds in files of other formats; codes X6 are warnings, and with "
        "`--skip-unreadable` X1 to X4, too.\n\n"
        + markdown_table(["code", "finding"], IMPORT_CODES.items())
    )


def _filled(page: str, path: Path, source: TableInput, rows: dict[str, int]) -> str:
    filled, count = _BLOCK.subn(
        lambda found: found[1] + _block(found["name"], source, rows, path) + found[3], page
    )
    begun = re.findall(r"^<!-- begin generated: (.*?) -->$", page, re.MULTILINE)
    if count != len(begun):
        raise WarclaimsError(
            f"{path} has a generated block without its end, one of: {', '.join(begun)}. "
            "Each begins with <!-- begin generated: NAME --> and ends with "
            "<!-- end generated: NAME -->, each on a line of its own"
        )
    return _with_figures(filled, path, source)


def _block(name: str, source: TableInput, rows: dict[str, int], path: Path) -> str:
    kind, _, detail = name.partition(".")
    closed_list = getattr(vocabulary, detail, None)
    if kind == "values" and isinstance(closed_list, type):
        return "\n" + values(closed_list, source.corpus.lists) + "\n\n"
    if kind == "agreement" and detail.count(".") == 1:
        return "\n" + round_block(compared_round(source.corpus, "", *detail.split("."))) + "\n\n"
    try:
        make = BLOCKS[name]
    except KeyError:
        raise WarclaimsError(
            f"{path.name} marks an unknown generated block {name!r}; known: {', '.join(BLOCKS)}"
        ) from None
    return "\n" + make(source, rows) + "\n\n"


def _figures(source: TableInput, rows: dict[str, int]) -> str:
    lines = []
    totals = dict.fromkeys(LAYERS, 0)
    for bundle in source.corpus.bundles(source.set_name):
        document = bundle.document
        counts = {name: len(getattr(bundle.annotations, name)) for name in LAYERS}
        for name, count in counts.items():
            totals[name] += count
        lines.append(
            [
                document.id,
                document.outlet.value or "unknown",
                document.date.value or "unknown",
                f"{document.length:,}",
                *counts.values(),
            ]
        )
    lines.append(["all", "", "", "", *totals.values()])
    return markdown_table(["text", "outlet", "date", "characters", *LAYERS], lines)


def _provenance(source: TableInput, rows: dict[str, int]) -> str:
    lines = []
    for document in source.corpus.documents.values():
        stated = (
            document.outlet,
            document.date,
            document.original_language,
            document.rights_holder,
        )
        lines.append(
            [
                document.id,
                *(
                    f"{one.value or 'unknown'} ({one.certainty.value} certainty, "
                    f"{one.evidence.value}: {one.basis})"
                    for one in stated
                ),
            ]
        )
    return markdown_table(["text", "outlet", "date", "original language", "rights"], lines)


def _tables(source: TableInput, rows: dict[str, int]) -> str:
    empty = [code(name) for name in TABLES if not rows[name]]
    table = markdown_table(
        ["table", "rows", "holds"],
        [
            [code(table.name), f"{rows[table.name]:,}", table.description]
            for table in TABLES.values()
            if rows[table.name]
        ],
    )
    return table + (f"\n\nStill empty: {', '.join(empty)}." if empty else "")


def _comparisons(source: TableInput, rows: dict[str, int]) -> str:
    """What sources say of the event that they disagree on most."""
    events = source.corpus.registries.events
    if source.compared.most_disputed is None:
        return "Sources disagree on nothing."
    by_event, name = source.compared.most_disputed
    claims = source.claims
    view = EventViews(by_event, source.corpus.registries, claims.claim, claims.claims()).event(name)
    titles = [f"**{escape(events[n].label)}** ({when(events[n])})" for n in name.split(TOGETHER)]
    table = markdown_table(["what", "position", "on whose word"], _position_rows(view))
    readings = {
        f"{one.what} depends on how {code(one.record)} is read: {escape(one.words)}": None
        for row in view.comparisons
        for one in row.readings
    }
    return "\n\n".join([" and ".join(titles), escape(view.summary), table, *readings])


def _position_rows(view: EventView) -> Iterator[list[str]]:
    """A row per position in what sources disagree on, with who takes it in which words."""
    for row in view.comparisons:
        for position in row.positions if row.is_disagreement else ():
            yield [
                f"{row.title}: {row.finding}",
                position.value,
                "; ".join(f"{one.source}: {_quoted(one)}" for one in position.testimonies),
            ]


def _quoted(testimony: Testimony) -> str:
    return ", ".join(
        f"“{one.words}” ({', '.join(filter(None, (one.record, one.remark)))})"
        for one in testimony.quotations
    )


def _lost(source: TableInput, rows: dict[str, int]) -> str:
    lost = source.lost
    return markdown_table(
        ["column", "spans", *LOSSES.values()],
        [
            [code(name), *(lost[f"{name}/{kind}"] for kind in ("spans", *LOSSES))]
            for name in TAG_COLUMNS
        ],
    )


def _citation(source: TableInput, rows: dict[str, int]) -> str:
    about = source.corpus.description
    if about is None or not is_citable(about):
        return "`corpus.toml` does not give title and authors yet."
    return f"```bibtex\n{STYLES['bibtex'](about)}\n```"


def _rights(source: TableInput, rows: dict[str, int]) -> str:
    about = source.corpus.description
    return escape(about.licences.in_words) if about else "`corpus.toml` does not exist yet."


def _formats(source: TableInput, rows: dict[str, int]) -> str:
    return markdown_table(
        ["format", "holds", Markdown("`export` writes"), Markdown("`import` reads"), "remarks"],
        [
            [
                code(one.name),
                *map(Markdown, (one.summary, one.writes, one.reads or "–", one.remark or "–")),
            ]
            for one in FORMATS.values()
        ],
    )


def _kept(source: TableInput, rows: dict[str, int]) -> str:
    return markdown_table(
        ["", *map(code, FORMATS), "what it is"],
        [
            [name, *(one.fate_in_words(name) for one in FORMATS.values()), Markdown(meaning)]
            for name, meaning in FEATURES.items()
        ],
    )


BLOCKS = {
    "agreement": lambda source, rows: summary_block(*source.agreement),
    "agreement.details": lambda source, rows: details_block(*source.agreement),
    "api": lambda source, rows: api_block(),
    "challenges": lambda source, rows: challenges_block(source.corpus),
    "citation": _citation,
    "codebook": lambda source, rows: codebook(source.corpus.lists),
    "commands": lambda source, rows: commands_block(),
    "environment": lambda source, rows: environment_block(),
    "comparisons": _comparisons,
    "figures": _figures,
    "formats": _formats,
    "kept": _kept,
    "lost": _lost,
    "provenance": _provenance,
    "review": lambda source, rows: review_block(source.corpus),
    "rights": _rights,
    "rules": _rules,
    "tables": _tables,
}
"""The blocks that a page can mark, by name."""


FIGURES: dict[str, Callable[[TableInput], int]] = {
    "days": lambda source: len({one.date.value for one in source.corpus.documents.values()}),
    "documents": lambda source: len(source.corpus.documents),
    "passes": lambda source: len(set(source.corpus.storage.set_names()) - {GOLD}),
    "rules": lambda source: len(RULES),
    "tables": lambda source: len(TABLES),
}
"""The figures that sentences can mark, by name."""

_FIGURE_BEGIN, _FIGURE_END = "<!-- figure: ", "<!-- end figure -->"
_FIGURE = re.compile(rf"({_FIGURE_BEGIN}(?P<name>\w+) -->)[^<\n]*({_FIGURE_END})")


def _with_figures(page: str, path: Path, source: TableInput) -> str:
    """The page with new values of all marked figures.

    ``<!-- figure: documents -->five<!-- end figure -->`` is a figure in a sentence. Numbers up to
    twelve are words, with a capital letter if the name has one.

    Raises:
        WarclaimsError: a figure has no end on its line, or a name that is unknown.
    """
    filled, count = _FIGURE.subn(
        lambda found: found[1] + _figure(found["name"], path, source) + found[3], page
    )
    if not count == page.count(_FIGURE_BEGIN) == page.count(_FIGURE_END):
        raise WarclaimsError(
            f"{path} has a figure without its end: {_FIGURE_BEGIN}NAME -->…{_FIGURE_END} must be "
            "on one line"
        )
    return filled


def _figure(name: str, path: Path, source: TableInput) -> str:
    count = FIGURES.get(name.lower())
    if count is None:
        raise WarclaimsError(
            f"{path} marks an unknown figure {name!r}; known: {', '.join(FIGURES)}"
        )
    words = in_prose(count(source))
    return words.capitalize() if name[0].isupper() else words
