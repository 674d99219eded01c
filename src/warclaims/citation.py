"""How to cite a corpus, from what its ``corpus.toml`` says."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING, Any

from warclaims.accounts.wording import said_by
from warclaims.errors import WarclaimsError, unknown
from warclaims.hints import did_you_mean
from warclaims.records import span_text
from warclaims.records.addresses import event_address, record_address

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from warclaims.corpus import Corpus
    from warclaims.records import Author, CorpusDescription


def cite(style: str = "bibtex", path: str | Path | None = None, part: str | None = None) -> str:
    """The citation of the corpus at ``path``: ``bibtex``, ``apa``, ``cff`` or ``csl-json``.

    Without ``path`` it is that of the shipped corpus. ``part`` is the id of one record
    (``004:c6``), account (``004:killed:c2``), comparison (``war-2020:killed:total``) or event of
    it in gold, which the citation then names, with the address of its words in the report.

    >>> import warclaims
    >>> warclaims.cite("apa").split(".")[0]
    'The WarClaims developers'
    >>> warclaims.cite("apa", part="004:c6").rpartition("[Data set]. ")[2]
    '004:c6, “six people” (texts/004.html#c6).'

    Raises:
        WarclaimsError: unknown style or part, or ``corpus.toml`` lacks a title or authors.
        InvalidFile: ``corpus.toml`` is not valid.
    """
    from warclaims.corpus import open

    write = STYLES.get(style.lower())
    if write is None:
        raise unknown("citation style", style, STYLES)
    corpus = open(path)
    description = corpus.description
    if description is None or not is_citable(description):
        raise WarclaimsError(_not_citable(corpus.layout.description, description))
    if part is None:
        return write(description)
    if write is _cff:
        raise WarclaimsError("CFF describes a corpus, not a part of it; choose another style")
    return write(description, part_words(corpus, part))


def part_words(corpus: Corpus, name: str) -> str:
    """What a citation says of one event, record, account or comparison: id, words, address.

    Raises:
        WarclaimsError: nothing in gold has this id.
    """
    if name in corpus.registries.events:
        return f"{name}, {corpus.registries.events[name].label} ({event_address(name)})"
    document, colon, within = name.partition(":")
    if not colon:
        raise unknown("citation style or event", name, [*STYLES, *corpus.registries.events])
    if document in corpus.documents and ":" not in within:
        record = corpus.record(name)
        words = " ".join(span_text(getattr(record, record.main_span)).split())
        return f"{name}, “{words}” ({record_address(name)})"
    from warclaims.accounts import compare
    from warclaims.corpus.set_bundles import SetBundles

    found = compare(SetBundles(corpus), corpus.registries)
    for account in found.accounts if document in corpus.documents else ():
        if account.id == name:
            address = event_address(" + ".join(account.events), name)
            return f"{name}, {said_by(account)} ({address})"
    rows = {row.id: row for row in found.comparisons}
    if name in rows:
        return f"{name}, {rows[name].reason} ({event_address(rows[name].event, name)})"
    known = [*rows, *(one.id for one in found.accounts)]
    raise WarclaimsError(
        f"nothing in gold has the id {name!r}{did_you_mean(name, known)} Records are named like "
        "004:c6; `warclaims show DOC` lists those of a text, `warclaims compare --format json` "
        "the accounts, and the report shows the id of every comparison"
    )


def is_citable(description: CorpusDescription) -> bool:
    """True if title and authors are known."""
    return bool(description.title and description.authors)


_EXAMPLES = {
    "title": 'title = "…"',
    "authors": 'authors = [{ family = "…", given = "…" }]  # of a group: { name = "…" }',
    "version": 'version = "0.1.0"',
}


def _not_citable(file: Path, description: CorpusDescription | None) -> str:
    keys = [key for key in _EXAMPLES if not description or not getattr(description, key)]
    needed = [key for key in keys if key != "version"]
    lacks = f"has no {' and no '.join(needed)}" if description else "does not exist"
    lines = "\n".join(f"  {_EXAMPLES[key]}" for key in keys)
    return (
        f"The corpus cannot be cited yet: {file} {lacks}. Write there, before the first line that "
        f"begins with [:\n{lines}"
    )


def _bibtex(facts: CorpusDescription, part: str | None = None) -> str:
    date = facts.released
    published = f", released {date}" if date else ""
    cited = f"; {_latex(part)}" if part else ""
    fields = given(
        author=" and ".join(map(_bibtex_author, facts.authors)),
        title=_latex(facts.title or ""),
        year=str(date.year) if date else None,
        month=str(date.month) if date else None,
        version=facts.version,
        note=("Data set and software" if facts.licences.code else "Data set") + published + cited,
        doi=facts.doi,
        url=facts.homepage or facts.repository,
    )
    width = max(map(len, fields))
    lines = [f"  {name:<{width}} = {{{value}}}," for name, value in fields.items()]
    return "\n".join([f"@dataset{{{citation_key(facts)},", *lines, "}"])


def _bibtex_author(author: Author) -> str:
    name = f"{{{_latex(author.name)}}}" if author.name else _latex(author.inverted)
    return name if author.name else name.replace(" and ", " {and} ")


_LATEX = {
    **{mark: f"\\{mark}" for mark in "&%$#_"},
    "\\": r"{\textbackslash}",
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    "<": r"{\textless}",
    ">": r"{\textgreater}",
}
"""Characters that BibTeX and LaTeX do not take as they are. Braces are written balanced."""


def _latex(text: str) -> str:
    return " ".join(text.translate({ord(mark): latex for mark, latex in _LATEX.items()}).split())


def citation_key(facts: CorpusDescription) -> str:
    """The name of this version in a list of works.

    >>> from warclaims.records import CorpusDescription
    >>> citation_key(CorpusDescription(title="Who said it? A corpus", version="1.2.0"))
    'who-said-it-a-corpus-1.2.0'
    """
    plain = unicodedata.normalize("NFKD", facts.name or facts.title or "").encode("ascii", "ignore")
    words = re.findall(r"[a-z0-9]+", plain.decode().lower())
    return "-".join([*(words[:6] or ["corpus"]), *filter(None, [facts.version])])


def _apa(facts: CorpusDescription, part: str | None = None) -> str:
    *others, last = map(_apa_author, facts.authors)
    authors = f"{', '.join(others)}, & {last}" if others else last
    year = str(facts.released.year) if facts.released else "n.d."
    version = facts.version and f"Version {facts.version}"
    released = f"released {facts.released}" if facts.released else None
    known = ", ".join(filter(None, [version, released]))
    return " ".join(
        f"{authors.removesuffix('.')}. ({year}). {facts.title} {known and f'({known})'} "
        f"[Data set]. {f'{part}.' if part else ''} {facts.address or ''}".split()
    )


def _apa_author(author: Author) -> str:
    if author.name:
        return author.name
    initials = " ".join(f"{name[0]}." for name in (author.given or "").split())
    return f"{author.family}, {initials}" if initials else str(author.family)


def _cff(facts: CorpusDescription) -> str:
    import yaml

    # CFF reads several licences as a choice, so only one that holds for all the data is given.
    abstract = " ".join(filter(None, (facts.abstract or facts.summary, facts.licences.in_words)))
    record = {
        "cff-version": "1.2.0",
        "message": "If you use this corpus, please cite it as below.",
        "type": "dataset",
        "title": facts.title,
        "authors": [
            given(
                **{"name": author.name, "family-names": author.family, "given-names": author.given},
                affiliation=author.affiliation,
                orcid=author.orcid and f"https://orcid.org/{author.orcid}",
            )
            for author in facts.authors
        ],
        "version": facts.version,
        "date-released": facts.iso_date,
        "license": facts.licences.of_data,
        "abstract": abstract,
        "keywords": list(facts.keywords) or None,
        "doi": facts.doi,
        "url": facts.homepage,
        "repository-code": facts.repository,
    }
    text: str = yaml.safe_dump(given(**record), sort_keys=False, allow_unicode=True, width=100)
    return text.rstrip("\n")


def _csl_json(facts: CorpusDescription, part: str | None = None) -> str:
    date = facts.released
    record = given(
        id=citation_key(facts),
        type="dataset",
        title=facts.title,
        author=[
            given(literal=author.name, family=author.family, given=author.given)
            for author in facts.authors
        ],
        issued={"date-parts": [[date.year, date.month, date.day]]} if date else None,
        version=facts.version,
        abstract=facts.abstract or facts.summary,
        keyword=", ".join(facts.keywords) or None,
        language=next(iter(facts.languages), None),
        DOI=facts.doi,
        URL=facts.address,
        note=part,
    )
    return json.dumps([record], indent=1, ensure_ascii=False)


def given(**facts: Any) -> dict[str, Any]:
    """The facts that are known."""
    return {name: value for name, value in facts.items() if value is not None}


STYLES: dict[str, Callable[..., str]] = {
    "bibtex": _bibtex,
    "apa": _apa,
    "cff": _cff,
    "csl-json": _csl_json,
}
"""The styles of :func:`cite`: each takes a description with title and authors, and a part."""
