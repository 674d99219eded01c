"""The description of the tables in the Croissant format 1.1, for programs that load datasets.

There is a record set per table, with its columns, and one per closed list, which explains the
values in the columns that refer to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic.alias_generators import to_camel

from warclaims.build.codebook import closed_lists
from warclaims.build.metadata import agent, licence_work
from warclaims.build.tables import TABLES, Table
from warclaims.citation import STYLES, given, is_citable

if TYPE_CHECKING:
    from warclaims.build.columns import Column
    from warclaims.records import CorpusDescription, Lists
    from warclaims.records.vocabulary import ClosedList

CROISSANT = "croissant.json"

_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    **{
        name: f"cr:{name}"
        for name in (
            *("annotation", "arrayShape", "citeAs", "column", "containedIn"),
            *("equivalentProperty", "excludes", "extract", "field", "fileProperty", "fileObject"),
            *("fileSet", "format", "includes", "isArray", "isLiveDataset", "jsonPath", "key"),
            *("md5", "parentField", "path", "recordSet", "references", "regex", "repeated"),
            *("replace", "readLines", "samplingRate", "sdVersion", "separator", "source"),
            *("subField", "transform", "unArchive", "value"),
        )
    },
}
"""The standard context: readers warn of any other."""

_FIRST = ("name", "description", "version")

_LABELS = {
    "value": "The value in the columns.",
    "meaning": "When it applies.",
}


def described_facts(about: CorpusDescription, name: str, dates: list[str]) -> dict[str, Any]:
    """The facts in ``corpus.toml``; ``name`` if it has no title, ``dates`` of the texts."""
    title = about.title or name
    works = [licence_work(part, "sc:") for part in about.licences.parts() if part.name != "code"]
    notes = about.responsible_ai.model_dump(mode="json", exclude_defaults=True)
    known = {
        "creator": [agent(author, "sc:") for author in about.authors],
        "datePublished": about.iso_date,
        "inLanguage": list(about.languages),
        "temporalCoverage": dates,
        "keywords": list(about.keywords),
        "license": works,
        "citeAs": STYLES["bibtex"](about) if is_citable(about) else None,
    }
    return {
        "name": title,
        "description": about.abstract
        or about.summary
        or f"{title}: a corpus in the form of WarClaims.",
        **given(version=about.version, alternateName=about.name),
        **{key: value for key, value in known.items() if value},
        **given(url=about.homepage or about.address, sameAs=about.address if about.doi else None),
        **{f"rai:{to_camel(name)}": words for name, words in notes.items()},
    }


def croissant(
    facts: dict[str, Any], files: dict[str, dict[str, Any]], lists: Lists
) -> dict[str, Any]:
    """The description of all tables, with facts about the dataset as their JSON-LD properties.

    ``files`` gives ``sha256`` and ``bytes`` by file name. Addresses of files are relative to the
    description, which lies beside them; ``lists`` are the lists of the corpus.
    """
    used = dict.fromkeys(one for table in TABLES.values() for one in closed_lists(table.columns))
    conforms = ["http://mlcommons.org/croissant/1.1"]
    if any(name.startswith("rai:") for name in facts):
        conforms.append("http://mlcommons.org/croissant/RAI/1.0")
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": conforms,
        **{key: value for key, value in facts.items() if key in _FIRST},
        "isLiveDataset": False,
        **{key: value for key, value in facts.items() if key not in _FIRST},
        "distribution": [_file_object(name, files[name]) for name in map(_file_name, TABLES)],
        "recordSet": [
            *map(_record_set, TABLES.values()),
            *(_value_list(one, lists) for one in used),
        ],
    }


def _file_name(table: str) -> str:
    return f"{table}.parquet"


def _file_object(name: str, file: dict[str, Any]) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        "contentUrl": name,
        "contentSize": f"{file['bytes']} B",
        "encodingFormat": "application/x-parquet",
        "sha256": file["sha256"],
    }


def _record_set(table: Table) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.description,
        "field": [_field(table, column.name, column) for column in table.columns],
    }


def _field(table: Table, path: str, column: Column) -> dict[str, Any]:
    """The field of a column, or of what is inside one: ``chain/cue``."""
    made: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{table.name}/{path}",
        "name": column.name,
        "description": column.meaning,
    }
    if column.many:
        made |= {"isArray": True, "arrayShape": "-1"}
    kind = column.kind
    if isinstance(kind, tuple):
        return made | {"subField": [_field(table, f"{path}/{one.name}", one) for one in kind]}
    name, *inside = path.split("/")
    source: dict[str, Any] = {
        "fileObject": {"@id": _file_name(table.name)},
        "extract": {"column": name},
    }
    if inside:
        source["transform"] = {"jsonPath": ".".join(["$", *inside])}
    if isinstance(kind, str):
        return made | {"dataType": _DATA_TYPES[kind], "source": source}
    reference = {"field": {"@id": f"{kind.__name__}/value"}}
    return made | {"dataType": "sc:Text", "source": source, "references": reference}


_DATA_TYPES = {
    "string": "sc:Text",
    "bool": "sc:Boolean",
    "float64": "sc:Float",
    "int32": "sc:Integer",
    "int64": "sc:Integer",
}


def _value_list(known: type[ClosedList], lists: Lists) -> dict[str, Any]:
    name = known.__name__
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": "A closed list: the meaning of the values in columns of the tables.",
        "dataType": "sc:Enumeration",
        "key": {"@id": f"{name}/value"},
        "field": [
            {
                "@type": "cr:Field",
                "@id": f"{name}/{part}",
                "name": part,
                "description": meaning,
                "dataType": "sc:Text",
            }
            for part, meaning in _LABELS.items()
        ],
        "data": [
            {f"{name}/value": member.value, f"{name}/meaning": member.meaning}
            for member in lists.of(known)
        ],
    }
