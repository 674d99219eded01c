"""The generated parts of the pages: the card's front matter and tables, the rules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from warclaims import about
from warclaims.build.agreement import agreement_block
from warclaims.build.bio import LAYER_SPANS
from warclaims.build.croissant import Facts, our_facts
from warclaims.build.markdown import markdown_table
from warclaims.build.metadata import metadata_files
from warclaims.build.prose import with_figures
from warclaims.build.tables import DEFAULT_TABLE, TABLES, Source
from warclaims.citation import cite
from warclaims.corpus import shipped_corpus
from warclaims.corpus.canonical import to_plain
from warclaims.derive.conflicts import most_disputed
from warclaims.errors import WarclaimsError
from warclaims.files import read_words
from warclaims.labelstudio.codes import CODES
from warclaims.records import LAYERS, vocabulary
from warclaims.validation.page import rules_page
from warclaims.wording import plain, told_by, when

if TYPE_CHECKING:
    from pathlib import Path

CARD = "README.md"
RULES_PAGE = "docs/rules.md"
DATASHEET = "docs/datasheet.md"

_NEW_CARD = """# {name}

A corpus in the form of WarClaims. Text outside the marked blocks is yours.

<!-- begin generated: figures -->
<!-- end generated: figures -->

<!-- begin generated: tables -->
<!-- end generated: tables -->
"""

_BLOCK = re.compile(
    r"(<!-- begin generated: (?P<name>[\w.-]+) -->\n).*?(<!-- end generated: (?P=name) -->)",
    re.DOTALL,
)
_FRONT_MATTER = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)


def generated_pages(
    source: Source, manifest: dict[str, Any], rows: dict[str, int]
) -> dict[str, bytes]:
    """The pages with their generated parts made anew, by path in the corpus directory.

    What people wrote outside the front matter and the marked blocks is left as it is.

    Raises:
        WarclaimsError: a marked block has a name that nothing generates.
    """
    root = source.corpus.root
    layout = source.corpus.layout
    shipped = _is_shipped(source)
    card = _card(source)
    body = _filled(_FRONT_MATTER.sub("", card, count=1), layout.card, source, rows)
    pages = {CARD: _front_matter(card, layout.card, manifest, shipped=shipped) + body}
    guidelines = _read(layout.guidelines)
    if guidelines is not None:
        name = layout.relative(layout.guidelines)
        pages[name] = _filled(guidelines, layout.guidelines, source, rows)
    if shipped:
        pages.update(metadata_files(root))
        datasheet = _read(root / DATASHEET)
        if datasheet is not None:
            pages[DATASHEET] = _filled(datasheet, root / DATASHEET, source, rows)
        pages[RULES_PAGE] = f"{rules_page()}\n{_label_studio_codes()}\n"
    return {name: text.encode() for name, text in pages.items()}


def facts(source: Source) -> Facts:
    """The facts about the dataset; of a corpus of one's own those that its card states.

    Raises:
        WarclaimsError: the card cannot be read.
    """
    if _is_shipped(source):
        return our_facts()
    card, path = _card(source), source.corpus.layout.card
    written = _written(card, path)
    heading = re.search(r"^# +(.+)$", _FRONT_MATTER.sub("", card, count=1), re.MULTILINE)
    name = str(written.get("pretty_name") or (heading[1].strip() if heading else "A corpus"))
    more = {"license": str(written["license"])} if written.get("license") else {}
    return Facts(name, f"{name}: a corpus in the form of WarClaims.", _version(written), more)


def _is_shipped(source: Source) -> bool:
    return source.corpus.root.resolve() == shipped_corpus().resolve()


def _card(source: Source) -> str:
    """The card as people wrote it; one to begin with if there is none."""
    return _read(source.corpus.layout.card) or _NEW_CARD.format(name=source.corpus.root.name)


def _label_studio_codes() -> str:
    table = markdown_table(["code", "finding"], CODES.items())
    return (
        "## Exchange with Label Studio\n\n"
        "What `warclaims export labelstudio` and `warclaims import labelstudio` find; codes L6 are "
        f"warnings.\n\n{table}"
    )


def _read(path: Path) -> str | None:
    if not path.is_file():
        return None
    try:
        return read_words(path).replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise WarclaimsError(f"{path} is not UTF-8; save it as UTF-8") from None


def _filled(page: str, path: Path, source: Source, rows: dict[str, int]) -> str:
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
    return with_figures(filled, path, source)


def _written(card: str, path: Path) -> dict[str, Any]:
    """What the front matter holds."""
    import yaml

    found = _FRONT_MATTER.match(card)
    try:
        written = (yaml.safe_load(found[1]) if found else None) or {}
    except yaml.YAMLError as error:
        raise WarclaimsError(f"the front matter of {path} is not YAML: {error}") from None
    if not isinstance(written, dict):
        raise WarclaimsError(f"the front matter of {path} is no list of keys and values")
    return written


def _front_matter(card: str, path: Path, manifest: dict[str, Any], *, shipped: bool) -> str:
    """The front matter: what people wrote there, with the generated keys made anew.

    That of the shipped card is generated as a whole: a key that somebody added is refused.
    """
    import yaml

    written = _written(card, path)
    version = about.VERSION if shipped else _version(written)
    files = manifest["files"]
    configs = []
    infos = []
    for name, table in TABLES.items():
        file = files[f"{name}.parquet"]
        configs.append(
            {
                "config_name": name,
                # The cache of `datasets` keys on these lines and not on the data, so they carry
                # the data's hash: an old table is never served for a new one.
                "description": f"{table.description} SHA-256 of the data: {file['sha256']}",
                "version": version,
                **({"default": True} if name == DEFAULT_TABLE else {}),
                "data_files": [{"split": "train", "path": f"corpus/{name}.parquet"}],
            }
        )
        infos.append({"config_name": name, "download_size": file["bytes"]})
    generated = {"configs": configs, "dataset_info": infos}
    if shipped:
        generated = {**_description(), **generated}
        unknown = [key for key in written if key not in generated]
        if unknown:
            raise WarclaimsError(
                f"the front matter of {path} says {', '.join(map(str, unknown))}, which the facts "
                "in about.py do not know; take it out, or declare it there and in card.py"
            )
        written = {}
    matter = {**written, **generated}
    text: str = yaml.safe_dump(matter, sort_keys=False, allow_unicode=True, width=100)
    return f"---\n{text}---\n"


def _version(written: dict[str, Any]) -> str:
    """The version that the configurations had: a corpus of one's own numbers itself."""
    try:
        return str(written["configs"][0]["version"])
    except (KeyError, IndexError, TypeError):
        return "0.0.0"


def _description() -> dict[str, Any]:
    return {
        "pretty_name": about.TITLE,
        "license": "other",
        "license_name": about.LICENSE_EXPRESSION.lower().replace(" ", "-"),
        "license_link": "LICENSE",
        "language": list(about.LANGUAGES),
        "annotations_creators": ["machine-generated"],
        "language_creators": ["found"],
        "multilinguality": ["monolingual"],
        "size_categories": ["n<1K"],
        "source_datasets": ["original"],
        "task_categories": ["token-classification", "text-classification"],
        "task_ids": ["named-entity-recognition"],
        "tags": [keyword.lower() for keyword in about.KEYWORDS],
    }


def _block(name: str, source: Source, rows: dict[str, int], path: Path) -> str:
    kind, _, detail = name.partition(".")
    closed_list = getattr(vocabulary, detail, None)
    if kind == "values" and isinstance(closed_list, type):
        return "\n" + _values(closed_list) + "\n\n"
    if kind == "agreement" and detail.count(".") == 1:
        return "\n" + agreement_block(source.corpus, *detail.split(".")) + "\n\n"
    try:
        make = BLOCKS[name]
    except KeyError:
        raise WarclaimsError(
            f"{path.name} marks a generated block {name!r}, which nothing generates; "
            f"there are: {', '.join(BLOCKS)}"
        ) from None
    return "\n" + make(source, rows) + "\n\n"


def _figures(source: Source, rows: dict[str, int]) -> str:
    lines = []
    totals = dict.fromkeys(LAYERS, 0)
    for bundle in source.bundles():
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


def _provenance(source: Source, rows: dict[str, int]) -> str:
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


def _tables(source: Source, rows: dict[str, int]) -> str:
    return markdown_table(
        ["table", "rows", "holds"],
        [
            [f"`{table.name}`", f"{rows[table.name]:,}", table.description]
            for table in TABLES.values()
        ],
    )


def _claims(source: Source, rows: dict[str, int]) -> str:
    found = most_disputed(source.claims, source.corpus.registries.events)
    if found is None:
        return "No two claims contradict each other."
    event, claims = found
    table = markdown_table(
        ["claim", "victims", "cause", "who says so", "text", "contradicts", "annotator's doubt"],
        [_claim_line(to_plain(claim)) for claim in claims],
    )
    return f"Event: **{event.label}** ({when(to_plain(event))})\n\n{table}"


def _claim_line(claim: dict[str, Any]) -> list[str]:
    against = [r["claim"] for r in claim["relations"] if r["kind"] == "contradict"]
    return [
        f"“{claim['text']}” {plain(claim['outcome'])}",
        claim["status"],
        plain(claim["cause"]),
        told_by(claim),
        f"{claim['id']} {claim['outlet'] or 'outlet unknown'}",
        ", ".join(against) or "–",
        claim.get("note", "") if claim["uncertain"] else "",
    ]


def _lost(source: Source, rows: dict[str, int]) -> str:
    lost = source.lost
    return markdown_table(
        [
            "column",
            "spans",
            "in or on another (not tagged)",
            "discontinuous",
            "over a sentence's end",
        ],
        [
            [
                f"`{name}`",
                *(lost[f"{name}/{kind}"] for kind in ("spans", "nested", "discontinuous", "split")),
            ]
            for name in LAYER_SPANS
        ],
    )


def _citation(source: Source, rows: dict[str, int]) -> str:
    return f"```bibtex\n{cite('bibtex')}\n```"


def _values(closed_list: type[vocabulary.ClosedList]) -> str:
    """A closed list with its meanings."""
    return markdown_table(
        ["value", "meaning"], [[f"`{member.value}`", member.meaning] for member in closed_list]
    )


BLOCKS = {
    "citation": _citation,
    "claims": _claims,
    "figures": _figures,
    "lost": _lost,
    "provenance": _provenance,
    "tables": _tables,
}
"""The blocks that a page can mark, by name."""
