"""The front matter of the card, and the facts in it where there is no ``corpus.toml``."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from warclaims.build.croissant import described_facts, undescribed
from warclaims.build.manifest import described_before
from warclaims.build.tables import DEFAULT_TABLE, TABLES, TableInput
from warclaims.citation import given
from warclaims.errors import WarclaimsError
from warclaims.files import is_there, read_words
from warclaims.files.limits import MAX_DESCRIPTION
from warclaims.markdown import escape
from warclaims.records.documents import UNKNOWN_LANGUAGE

if TYPE_CHECKING:
    from pathlib import Path

    from warclaims.records import CorpusDescription

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
    """The facts about the dataset for Croissant, from ``corpus.toml`` or else from the card.

    Raises:
        WarclaimsError: the card cannot be read.
        InvalidFile: ``corpus.toml`` is not valid.
    """
    card = card_of(source)
    written = _written(card, source)
    heading = re.search(r"^# +(.+)$", FRONT_MATTER.sub("", card, count=1), re.MULTILINE)
    name = _words(written.get("pretty_name")) or (heading[1].strip() if heading else "A corpus")
    about = source.corpus.description
    if about is not None:
        documents = source.corpus.documents.values()
        dates = sorted({one.date.value for one in documents if one.date.value})
        return described_facts(with_languages(about, source), name, dates)
    found = given(version=_version(written), license=_words(written.get("license")))
    return {"name": name, "description": undescribed(name), **found}


def with_languages(about: CorpusDescription, source: TableInput) -> CorpusDescription:
    """The description with the languages of the texts, where it declares none."""
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


def _written(card: str, source: TableInput) -> dict[str, Any]:
    """What people wrote in the front matter.

    Where the last build had a ``corpus.toml``, the keys that describe the corpus are generated;
    they only keep their places.
    """
    found = FRONT_MATTER.match(card)
    written = _read_yaml(found[1], source.corpus.layout.card) if found else {}
    if described_before(source.corpus.layout):
        return {key: None if key in _DESCRIBED else value for key, value in written.items()}
    return written


def _words(value: object) -> str | None:
    """A value of the front matter as words; ``None`` if it is empty, a list or has keys."""
    return str(value) if value and isinstance(value, str | int | float | date) else None


_DESCRIBED = ("pretty_name", "license", "license_name", "license_link", "language", "tags")
"""Keys that are made from ``corpus.toml``."""

_ELSEWHERE = (*_DESCRIBED, "authors", "doi", "title", "version")
"""Keys that only ``corpus.toml`` can give, where there is one."""


def front_matter(
    card: str, source: TableInput, manifest: dict[str, Any], rows: dict[str, int]
) -> str:
    """The front matter: what people wrote there, with new values of the generated keys.

    Empty tables are left out: ``datasets`` cannot load them.

    Raises:
        WarclaimsError: people wrote there what only ``corpus.toml`` can give.
    """
    import yaml

    path = source.corpus.layout.card
    written = _written(card, source)
    about = source.corpus.description
    version = (about and about.version) or _version(written)
    listed = {
        name: (table, manifest["files"][f"{name}.parquet"])
        for name, table in TABLES.items()
        if rows[name]
    }
    configs = [
        {
            "config_name": name,
            # The cache of `datasets` keys on these lines and not on the data, so they carry the
            # hash of the data: an old table is never served for a new one.
            "description": f"{table.description} SHA-256 of the data: {file['sha256']}",
            "version": version,
            **({"default": True} if name == DEFAULT_TABLE else {}),
            "data_files": [{"split": "train", "path": f"corpus/{name}.parquet"}],
        }
        for name, (table, file) in listed.items()
    ]
    infos = [
        {"config_name": name, "download_size": file["bytes"]} for name, (_, file) in listed.items()
    ]
    generated: dict[str, Any] = {"configs": configs, "dataset_info": infos}
    if about is not None:
        described = _description(with_languages(about, source), source)
        generated |= {key: value for key, value in described.items() if value}
        misplaced = [
            key for key in _ELSEWHERE if written.get(key) is not None and key not in generated
        ]
        if misplaced:
            raise WarclaimsError(
                f"the front matter of {path} has {', '.join(misplaced)}. State this in "
                "corpus.toml, and remove it from the page"
            )
    merged = {**written, **generated}
    matter = {
        key: value for key, value in merged.items() if value is not None or key not in _DESCRIBED
    }
    text: str = yaml.safe_dump(matter, sort_keys=False, allow_unicode=True, width=100)
    return f"---\n{text}---\n"


def _version(written: dict[str, Any]) -> str:
    """The version that the configurations had: without ``corpus.toml``, that of the corpus."""
    try:
        return _words(written["configs"][0]["version"]) or "0.0.0"
    except (KeyError, IndexError, TypeError):
        return "0.0.0"


def _description(about: CorpusDescription, source: TableInput) -> dict[str, Any]:
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
    line = 2
    written: dict[str, Any] = {}
    try:
        for token in yaml.scan(text):
            if isinstance(token, yaml.AnchorToken | yaml.AliasToken):
                line = token.start_mark.line + 2
                raise _wrong(path, line, "has an alias or anchor. Write the value itself")
        loader = yaml.SafeLoader(text)
        root = loader.get_single_node()
        if root is not None and not isinstance(root, yaml.MappingNode):
            raise _wrong(path, line, "is not a list of keys and values")
        for key, value in root.value if root is not None else ():
            line = key.start_mark.line + 2
            entry = {loader.construct_object(key, deep=True): loader.construct_object(value, True)}
            yaml.safe_dump(entry)  # it will be written again
            written |= entry
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 2 if mark else line
        raise _wrong(path, line, f"is not YAML: {error.problem or error.context}") from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 2
        raise _wrong(path, line, f"is not YAML: {error.reason}") from None
    except RecursionError:
        raise _wrong(path, line, "is nested too deeply") from None
    except _NOT_A_VALUE as error:
        raise _wrong(path, line, f"has a value that cannot be read: {error}") from None
    return written


def _wrong(path: Path, line: int, message: str) -> WarclaimsError:
    return WarclaimsError(f"{path}, line {line}: the front matter {message}")
