"""The front matter of the card, and the facts that it shares with other descriptions."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

from warclaims.build.croissant import described_facts
from warclaims.build.manifest import described_before
from warclaims.build.tables import DEFAULT_TABLE, TABLES
from warclaims.errors import WarclaimsError
from warclaims.files import is_there, read_words
from warclaims.files.limits import MAX_DESCRIPTION
from warclaims.markdown import escape
from warclaims.records import CorpusDescription
from warclaims.records.documents import UNKNOWN_LANGUAGE

if TYPE_CHECKING:
    from pathlib import Path

    from warclaims.build.table_input import TableInput

LICENCE = "LICENSE"

_NEW_CARD = """# {name}

A corpus in the form of WarClaims. Text outside the marked blocks is yours.

<!-- begin generated: figures -->
<!-- end generated: figures -->

<!-- begin generated: tables -->
<!-- end generated: tables -->
"""

FRONT_MATTER = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)


def facts(source: TableInput) -> dict[str, Any]:
    """The facts about the dataset for Croissant.

    Raises:
        WarclaimsError: the card cannot be read.
        InvalidFile: ``corpus.toml`` is not valid.
    """
    heading = re.search(r"^# +(.+)$", FRONT_MATTER.sub("", card_of(source), count=1), re.MULTILINE)
    name = heading[1].strip() if heading else "A corpus"
    documents = source.corpus.documents.values()
    dates = sorted({one.date.value for one in documents if one.date.value})
    return described_facts(described(source), name, dates)


def described(source: TableInput) -> CorpusDescription:
    """What ``corpus.toml`` says, with the languages of the texts where it declares none."""
    about = source.corpus.description or CorpusDescription(version="0.0.0")
    if about.languages:
        return about
    found = {one.language for one in source.corpus.documents.values()} - {UNKNOWN_LANGUAGE}
    return about.model_copy(update={"languages": tuple(sorted(found))})


def card_of(source: TableInput) -> str:
    """The card as people wrote it, or a new one."""
    return read_page(source.corpus.layout.card) or _NEW_CARD.format(
        name=escape(source.corpus.root.resolve().name)
    )


def read_page(path: Path) -> str | None:
    """The page at ``path`` with LF line ends; ``None`` if there is none."""
    return read_words(path).replace("\r\n", "\n") if is_there(path) else None


_DESCRIBED = ("pretty_name", "license", "license_name", "license_link", "language", "tags")
"""Keys that are made from ``corpus.toml``."""

_ELSEWHERE = (*_DESCRIBED, "authors", "doi", "title", "version")
"""Keys that only ``corpus.toml`` can give, where there is one."""


def front_matter(card: str, source: TableInput, rows: dict[str, int]) -> str:
    """The front matter: what ``corpus.toml`` says, what people wrote there, and the tables.

    Empty tables are left out: ``datasets`` cannot load them.

    Raises:
        WarclaimsError: people wrote there what only ``corpus.toml`` can give.
    """
    layout = source.corpus.layout
    about = described(source)
    configs = [
        {
            "config_name": name,
            **({"default": True} if name == DEFAULT_TABLE else {}),
            "version": about.version or "0.0.0",
            "data_files": f"corpus/{name}.parquet",
        }
        for name in filter(rows.get, TABLES)
    ]
    generated = _description(about, source)
    found = FRONT_MATTER.match(card)
    written = _read_yaml(found[1], layout.card) if found else {}
    if described_before(layout):
        written = {key: value for key, value in written.items() if key not in _DESCRIBED}
    misplaced = [key for key in _ELSEWHERE if written.get(key) is not None and key not in generated]
    if misplaced and source.corpus.description is not None:
        raise WarclaimsError(
            f"the front matter of {layout.card} has {', '.join(misplaced)}. State this in "
            "corpus.toml, and remove it from the page"
        )
    written.pop("dataset_info", None)  # earlier versions kept there what is in CACHE_KEY now
    matter = {**generated, **written, **generated, "configs": configs}
    return f"---\n{_yaml(matter)}---\n"


CACHE_KEY = ".huggingface.yaml"
"""The file beside the card that ``datasets`` reads, too."""


def cache_key(manifest: dict[str, Any], rows: dict[str, int]) -> str:
    """The contents of :data:`CACHE_KEY`: sizes of the tables, and one hash of all of them.

    The cache of ``datasets`` keys a folder on what is declared there and in the card, never on
    the data. Without the hash, it would serve old rows after a build.
    """
    files = manifest["files"]
    infos: list[dict[str, Any]] = [
        {"config_name": name, "download_size": files[f"{name}.parquet"]["bytes"]}
        for name in filter(rows.get, TABLES)
    ]
    tables = "".join(file["sha256"] for name, file in files.items() if name.endswith(".parquet"))
    checksum = hashlib.sha256(tables.encode()).hexdigest()
    # Not of a table: `verification_mode="all_checks"` would look for checksums by absolute paths.
    infos.append({"config_name": "all-tables", "download_checksums": {"sha256": checksum}})
    return (
        "# Made by `warclaims build`, so that `datasets` never serves old rows from its cache.\n"
        + _yaml({"dataset_info": infos})
    )


def _yaml(record: dict[str, Any]) -> str:
    """YAML with a line per key, and per item of a list of mappings."""
    import yaml

    text: str = yaml.safe_dump(
        record, sort_keys=False, allow_unicode=True, width=200, default_flow_style=None
    )
    return text


def _description(about: CorpusDescription, source: TableInput) -> dict[str, Any]:
    """The keys of the front matter that describe the corpus, as far as they are known."""
    licences = about.licences
    single = licences.of_data if licences.code is None else None
    expression = licences.expression
    named = None if single or expression is None else _licence_name(about)
    keys = {
        "pretty_name": about.title,
        "license": single.lower() if single else expression and "other",
        "license_name": named,
        "license_link": named and (source.corpus.root / LICENCE).is_file() and LICENCE,
        # The Hub knows languages, not their regions.
        "language": list(dict.fromkeys(tag.partition("-")[0] for tag in about.languages)),
        "tags": [keyword.lower() for keyword in about.keywords],
    }
    return {key: value for key, value in keys.items() if value}


def _licence_name(about: CorpusDescription) -> str:
    """All licences in one name, also those that are not stated."""
    stated = [part.id.lower() for part in about.licences.parts()]
    unknown = [f"{name}-not-stated" for name in about.licences.not_stated]
    return "-and-".join(dict.fromkeys([*stated, *unknown]))


_NOT_A_VALUE = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError)
"""What PyYAML raises for a malformed value, such as a date without such a day."""


def _read_yaml(text: str, path: Path) -> dict[str, Any]:
    """The keys and values of the front matter ``text`` of the page at ``path``.

    Aliases are refused: with them a small text can stand for a very large one.

    Raises:
        WarclaimsError: it is too large, not such YAML, or has aliases or a malformed value.
    """
    import yaml

    if len(text.encode()) > MAX_DESCRIPTION:
        raise WarclaimsError(f"the front matter of {path} is larger than {MAX_DESCRIPTION:,} bytes")
    try:
        for token in yaml.scan(text):
            if isinstance(token, yaml.AnchorToken | yaml.AliasToken):
                raise yaml.MarkedYAMLError(
                    problem="an alias or anchor; write the value itself",
                    problem_mark=token.start_mark,
                )
        written = yaml.safe_load(text) or {}
        yaml.safe_dump(written)  # it will be written again
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 2}" if mark else ""
        problem = getattr(error, "problem", None) or error
        raise WarclaimsError(f"{path}{where}: the front matter is not YAML: {problem}") from None
    except RecursionError:
        raise WarclaimsError(f"{path}: the front matter is nested too deeply") from None
    except _NOT_A_VALUE as error:
        raise WarclaimsError(
            f"{path}: the front matter has a value that cannot be read: {error}"
        ) from None
    if not isinstance(written, dict):
        raise WarclaimsError(f"{path}: the front matter is not a list of keys and values")
    return written
