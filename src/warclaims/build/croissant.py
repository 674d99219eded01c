"""The description of the tables in the Croissant format 1.1, for programs that load datasets.

A record set a table, with its columns, and one for each closed list, which says what the numbers
in the columns stand for; the columns refer to it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic.alias_generators import to_camel

from warclaims.build.bio import BIO
from warclaims.build.metadata import agent, licence_work
from warclaims.build.tables import TABLES, Table
from warclaims.citation import STYLES, given, is_citable
from warclaims.records.vocabulary import ClosedList

if TYPE_CHECKING:
    from warclaims.records import CorpusDescription

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

_LABELS = {
    "number": ("sc:Integer", "The number that stands in the columns."),
    "value": ("sc:Text", "The value."),
    "meaning": ("sc:Text", "When it applies."),
}


@dataclass(frozen=True)
class Facts:
    """What the description says about a dataset beside its tables."""

    name: str
    description: str
    version: str | None
    more: dict[str, Any] = field(default_factory=dict)


def described_facts(about: CorpusDescription, name: str, dates: list[str]) -> Facts:
    """The facts that ``corpus.toml`` gives; ``name`` if it has no title, ``dates`` of the texts."""
    title = about.title or name
    works = [licence_work(part, "sc:") for part in about.licences.parts() if part.name != "code"]
    notes = about.responsible_ai.model_dump(mode="json", exclude_defaults=True)
    more = {
        **given(alternateName=about.name),
        **_known(
            creator=[agent(author, "sc:") for author in about.authors],
            datePublished=about.iso_date,
            inLanguage=list(about.languages),
            temporalCoverage=dates,
            keywords=list(about.keywords),
            license=works,
            citeAs=STYLES["bibtex"](about) if is_citable(about) else None,
        ),
        **given(url=about.homepage or about.address, sameAs=about.address if about.doi else None),
        **{f"rai:{to_camel(name)}": words for name, words in notes.items()},
    }
    summary = about.abstract or about.summary or f"{title}: {UNDESCRIBED}"
    return Facts(title, summary, about.version, more)


UNDESCRIBED = "a corpus in the form of WarClaims."
"""What is said of a corpus without a summary, after its title."""


def _known(**facts: Any) -> dict[str, Any]:
    """The facts that are neither unknown nor empty."""
    return {name: value for name, value in facts.items() if value}


def croissant(facts: Facts, files: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The description of all tables; ``files`` gives ``sha256`` and ``bytes`` by file name.

    Addresses of files are relative to the description, which lies beside them.
    """
    lists: dict[str, list[dict[str, Any]]] = {}
    tables = [_record_set(table, lists) for table in TABLES.values()]
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": [
            "http://mlcommons.org/croissant/1.1",
            *(
                ["http://mlcommons.org/croissant/RAI/1.0"]
                if any(name.startswith("rai:") for name in facts.more)
                else []
            ),
        ],
        "name": facts.name,
        "description": facts.description,
        **given(version=facts.version),
        "isLiveDataset": False,
        **facts.more,
        "distribution": [_file_object(name, files[name]) for name in map(_file_name, TABLES)],
        "recordSet": [*tables, *(_closed_list(name, rows) for name, rows in lists.items())],
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


def _record_set(table: Table, lists: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    columns = _Columns(table, lists)
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.description,
        "field": [columns.field(name, feature) for name, feature in table.columns().items()],
    }


@dataclass(frozen=True)
class _Columns:
    """The fields of a table; the closed lists met on the way are put into ``lists``."""

    table: Table
    lists: dict[str, list[dict[str, Any]]]

    def field(self, path: str, feature: Any) -> dict[str, Any]:
        """The field of a column, or of what is inside one: ``chain/cue``."""
        from datasets import List

        many = isinstance(feature, List)
        inner = feature.feature if isinstance(feature, List) else feature
        made: dict[str, Any] = {
            "@type": "cr:Field",
            "@id": f"{self.table.name}/{path}",
            "name": path.rpartition("/")[2],
            "description": self.table.meanings[path],
        }
        if many:
            made |= {"isArray": True, "arrayShape": "-1"}
        if isinstance(inner, dict):
            return made | {
                "subField": [self.field(f"{path}/{name}", part) for name, part in inner.items()]
            }
        return (
            made
            | {"dataType": _data_type(inner), "source": self._source(path)}
            | self._reference(inner)
        )

    def _reference(self, feature: Any) -> dict[str, Any]:
        from datasets import ClassLabel

        if not isinstance(feature, ClassLabel):
            return {}
        name, rows = _labels(tuple(feature.names))
        self.lists[name] = rows
        return {"references": {"field": {"@id": f"{name}/number"}}}

    def _source(self, path: str) -> dict[str, Any]:
        column, *inside = path.split("/")
        source: dict[str, Any] = {
            "fileObject": {"@id": _file_name(self.table.name)},
            "extract": {"column": column},
        }
        if inside:
            source["transform"] = {"jsonPath": ".".join(["$", *inside])}
        return source


def _data_type(feature: Any) -> str:
    from datasets import ClassLabel

    if isinstance(feature, ClassLabel):
        return "sc:Integer"
    return _DATA_TYPES[feature.dtype]


_DATA_TYPES = {
    "string": "sc:Text",
    "bool": "sc:Boolean",
    "float64": "sc:Float",
    "int32": "sc:Integer",
    "int64": "sc:Integer",
}


def _labels(values: tuple[str, ...]) -> tuple[str, list[dict[str, Any]]]:
    """The name of the closed list of these values, and its members by number."""
    name, members = _LISTS[values]
    return name, [
        {f"{name}/number": number, f"{name}/value": value, f"{name}/meaning": meaning}
        for number, (value, meaning) in enumerate(members.items())
    ]


_LISTS = {
    tuple(members): (name, members)
    for name, members in (
        ("BIO", dict(zip(BIO, ("outside", "begins a piece of a span", "goes on"), strict=True))),
        *(
            (known.__name__, {member.value: member.meaning for member in known})
            for known in ClosedList.__subclasses__()
        ),
    )
}
"""Each closed list with its name and meanings, by its values."""


def _closed_list(name: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": "A closed list: what the numbers in columns of the tables stand for.",
        "dataType": "sc:Enumeration",
        "key": {"@id": f"{name}/number"},
        "field": [
            {
                "@type": "cr:Field",
                "@id": f"{name}/{part}",
                "name": part,
                "description": meaning,
                "dataType": kind,
            }
            for part, (kind, meaning) in _LABELS.items()
        ],
        "data": rows,
    }
