"""The generated parts of the pages: the card's front matter and tables, the rules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from warclaims.build.agreement import agreement_block
from warclaims.build.bio import LAYER_SPANS
from warclaims.build.croissant import UNDESCRIBED, Facts, described_facts
from warclaims.build.metadata import metadata_files
from warclaims.build.prose import with_figures
from warclaims.build.tables import DEFAULT_TABLE, TABLES, Source
from warclaims.citation import STYLES, is_citable
from warclaims.corpus.canonical import to_plain
from warclaims.derive.conflicts import most_disputed
from warclaims.errors import WarclaimsError
from warclaims.labelstudio.codes import CODES
from warclaims.markdown import code, escape, markdown_table
from warclaims.records import LAYERS, vocabulary
from warclaims.records.documents import UNKNOWN_LANGUAGE
from warclaims.validation.page import rules_page
from warclaims.wording import plain, told_by, when

if TYPE_CHECKING:
    from pathlib import Path

    from warclaims.records import CorpusDescription

CARD = "README.md"
LICENCE = "LICENSE"
PAGES = "docs/*.md"
"""Further pages with marked blocks or figures."""

_NEW_CARD = """# {name}

A corpus in the form of WarClaims. Text outside the marked blocks is yours.

<!-- begin generated: figures -->
<!-- end generated: figures -->

<!-- begin generated: tables -->
<!-- end generated: tables -->
"""

_MARK = re.compile(r"^<!-- begin generated: |<!-- figure: ", re.MULTILINE)
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
    about = source.corpus.description
    card = _card(source)
    body = _filled(_FRONT_MATTER.sub("", card, count=1), layout.card, source, rows)
    pages = {CARD: _front_matter(card, source, manifest, rows) + body}
    for path in [layout.guidelines, *sorted(root.glob(PAGES))]:
        page = _read(path)
        if page is not None and _MARK.search(page):
            pages[layout.relative(path)] = _filled(page, path, source, rows)
    if about is not None:
        pages.update(metadata_files(_with_languages(about, source), root))
    return {name: text.encode() for name, text in pages.items()}


def facts(source: Source) -> Facts:
    """The facts about the dataset: those of ``corpus.toml``, or else those that its card states.

    Raises:
        WarclaimsError: the card cannot be read.
        InvalidFile: ``corpus.toml`` is not valid.
    """
    card, path = _card(source), source.corpus.layout.card
    written = _written(card, path)
    heading = re.search(r"^# +(.+)$", _FRONT_MATTER.sub("", card, count=1), re.MULTILINE)
    name = str(written.get("pretty_name") or (heading[1].strip() if heading else "A corpus"))
    about = source.corpus.description
    if about is not None:
        documents = source.corpus.documents.values()
        dates = sorted({one.date.value for one in documents if one.date.value})
        return described_facts(_with_languages(about, source), name, dates)
    more = {"license": str(written["license"])} if written.get("license") else {}
    return Facts(name, f"{name}: {UNDESCRIBED}", _version(written), more)


def _with_languages(about: CorpusDescription, source: Source) -> CorpusDescription:
    """The description with the languages of the texts, where it declares none."""
    if about.languages:
        return about
    found = {one.language for one in source.corpus.documents.values()} - {UNKNOWN_LANGUAGE}
    return about.model_copy(update={"languages": tuple(sorted(found))})


def _card(source: Source) -> str:
    """The card as people wrote it; one to begin with if there is none."""
    return _read(source.corpus.layout.card) or _NEW_CARD.format(
        name=escape(source.corpus.root.resolve().name)
    )


def _rules(source: Source, rows: dict[str, int]) -> str:
    table = markdown_table(["code", "finding"], CODES.items())
    return (
        f"{rules_page()}\n"
        "## Exchange with Label Studio\n\n"
        "What `warclaims export labelstudio` and `warclaims import labelstudio` find; codes L6 are "
        f"warnings.\n\n{table}"
    )


def _read(path: Path) -> str | None:
    if not path.is_file():
        return None
    try:
        return path.read_bytes().decode("utf-8").replace("\r\n", "\n")
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


_ELSEWHERE = ("authors", "doi", "title", "version")
"""Keys that belong into ``corpus.toml`` and that no card has."""


def _front_matter(
    card: str, source: Source, manifest: dict[str, Any], rows: dict[str, int]
) -> str:
    """The front matter: what people wrote there, with the generated keys made anew.

    Empty tables are left out: ``datasets`` cannot load them.

    Raises:
        WarclaimsError: people wrote what ``corpus.toml`` has to say, and it does not.
    """
    import yaml

    path = source.corpus.layout.card
    written = _written(card, path)
    about = source.corpus.description
    version = about.version if about else _version(written)
    files = manifest["files"]
    configs = []
    infos = []
    for name, table in TABLES.items():
        if not rows[name]:
            continue
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
    generated: dict[str, Any] = {"configs": configs, "dataset_info": infos}
    if about is not None:
        described = _description(_with_languages(about, source), source)
        stated = {key: value for key, value in described.items() if value}
        generated = {**stated, **generated}
        owned = [*_ELSEWHERE, *described]
        unknown = [key for key in written if key in owned and key not in generated]
        if unknown:
            raise WarclaimsError(
                f"the front matter of {path} has {', '.join(unknown)}, which corpus.toml does not "
                "give. State it in corpus.toml, and remove it from the page"
            )
    matter = {**written, **generated}
    text: str = yaml.safe_dump(matter, sort_keys=False, allow_unicode=True, width=100)
    return f"---\n{text}---\n"


def _version(written: dict[str, Any]) -> str:
    """The version that the configurations had: without ``corpus.toml``, that of the corpus."""
    try:
        return str(written["configs"][0]["version"])
    except (KeyError, IndexError, TypeError):
        return "0.0.0"


def _description(about: CorpusDescription, source: Source) -> dict[str, Any]:
    """The keys of the front matter that describe the corpus; empty where nothing is known."""
    licences = about.licences
    single = licences.of_data if licences.code is None else None
    expression = licences.expression
    named = None if single or expression is None else _licence_name(about)
    return {
        "pretty_name": about.title,
        "license": single.lower() if single else expression and "other",
        "license_name": named,
        "license_link": named and (source.corpus.root / LICENCE).is_file() and LICENCE,
        "language": list(about.languages),
        "tags": [keyword.lower() for keyword in about.keywords],
    }


def _licence_name(about: CorpusDescription) -> str:
    """All licences in one name, also those that are not stated."""
    stated = [part.id.lower() for part in about.licences.parts()]
    unknown = [f"{one}-not-stated" for one in ("annotations", "texts") if not getattr(about.licences, one)]
    return "-and-".join(dict.fromkeys([*stated, *unknown]))


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


def _claims(source: Source, rows: dict[str, int]) -> str:
    found = most_disputed(source.claims, source.corpus.registries.events)
    if found is None:
        return "No two claims contradict each other."
    event, claims = found
    table = markdown_table(
        ["claim", "victims", "cause", "who says so", "text", "contradicts", "annotator's doubt"],
        [_claim_line(to_plain(claim)) for claim in claims],
    )
    return f"Event: **{escape(event.label)}** ({when(to_plain(event))})\n\n{table}"


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
                code(name),
                *(lost[f"{name}/{kind}"] for kind in ("spans", "nested", "discontinuous", "split")),
            ]
            for name in LAYER_SPANS
        ],
    )


def _citation(source: Source, rows: dict[str, int]) -> str:
    about = source.corpus.description
    if about is None or not is_citable(about):
        return "`corpus.toml` does not give title and authors yet."
    return f"```bibtex\n{STYLES['bibtex'](about)}\n```"


def _rights(source: Source, rows: dict[str, int]) -> str:
    about = source.corpus.description
    return escape(about.licences.in_words) if about else "`corpus.toml` does not exist yet."


def _values(closed_list: type[vocabulary.ClosedList]) -> str:
    """A closed list with its meanings."""
    return markdown_table(
        ["value", "meaning"], [[code(member.value), member.meaning] for member in closed_list]
    )


BLOCKS = {
    "citation": _citation,
    "claims": _claims,
    "figures": _figures,
    "lost": _lost,
    "provenance": _provenance,
    "rights": _rights,
    "rules": _rules,
    "tables": _tables,
}
"""The blocks that a page can mark, by name."""
