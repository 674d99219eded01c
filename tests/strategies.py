"""Random valid documents with annotations, for property tests.

>>> from hypothesis import given, settings
>>> from strategies import bundles
>>> @settings(derandomize=True, max_examples=5)
... @given(bundles())
... def any_document(bundle):
...     assert bundle.annotations.document == bundle.document.id
>>> any_document()
"""

from __future__ import annotations

import hashlib
from functools import partial
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from warclaims.corpus import Registries, canonical_bytes
from warclaims.layout import Layout
from warclaims.records import (
    LAYERS,
    REGISTRIES,
    Actor,
    ActorMention,
    Annotations,
    Annotator,
    Attribution,
    Bundle,
    Casualty,
    Document,
    DocumentIndex,
    Event,
    ForeignLabel,
    Fraction,
    Fragment,
    LocationMention,
    Place,
    Segment,
    Side,
    Stated,
    StatedDate,
    StatedLanguage,
    SystemRun,
    TextWaiver,
    VictimGroup,
)
from warclaims.records.base import SCHEMA_VERSION
from warclaims.records.vocabulary import (
    ANNOTATABLE,
    Act,
    ActorType,
    AnnotatorKind,
    Cause,
    Certainty,
    ClosedList,
    Commitment,
    Evidence,
    Level,
    Mode,
    Outcome,
    PlaceLevel,
    PlaceType,
    Quantifier,
    SegmentKind,
    VictimAge,
    VictimCertainty,
    VictimSex,
    VictimStatus,
)
from warclaims.validation import check_annotations, text_order
from warclaims.validation.waivers import WAIVABLE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from hypothesis.strategies import DrawFn, SearchStrategy

WORDS = (
    "dead",
    "civilians",
    "Dorn",
    "l’armée",
    "cafe\u0301",  # a combining accent
    "שָׁלוֹם",
    "العربية\u200f",
    "😀",
    "👩‍👧‍👦",
    "<b>&amp;</b>",
    "\\n",
    "{{x}}",
    "a\u00a0b",
    "ﬁ",
    "𝔘",
    "\u2066x\u2069",
    "z\ufeffz",
)
GAPS = (" ", "  ", "\n", "\r\n", "\t", " \n ", "\u2028", "   ")

_EVIDENCE: Any = {"evidence": Evidence.INFERRED, "basis": "made up"}


def registries() -> Registries:
    """Registries that the random documents refer to."""
    return Registries(
        actors={
            i: Actor(
                id=i,
                label=label,
                type=ActorType.OTHER.value,
                side=None,
                affiliation=None,
                names=(),
                external_ids=(),
                **_EVIDENCE,
            )
            for i, label in (("army", "the army"), ("army-2", "the army"), ("un", "U / N"))
        },
        places={
            i: Place(
                id=i,
                label=i,
                type=PlaceType.CITY.value,
                parent=None,
                coordinates=None,
                names=(),
                external_ids=(),
                **_EVIDENCE,
            )
            for i in ("dorn", "P_2")
        },
        events={
            i: Event(
                id=i,
                label=i,
                description=i,
                type=kind,
                start=None,
                end=None,
                places=(),
                parent=None,
                **_EVIDENCE,
            )
            for i, kind in (("war", "war"), ("battle", None), ("siege", "blockade"))
        },
        sides={i: Side(id=i, label=i, description=i) for i in ("east", "west")},
        annotators={
            "a": Annotator(
                id="a", label="A", kind=AnnotatorKind.LANGUAGE_MODEL, description="made up"
            ),
            "b": Annotator(id="b", label="B", kind=AnnotatorKind.PERSON, description="made up"),
        },
    )


json_values: SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8"), max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=4), inner, max_size=2)
    ),
    max_leaves=4,
)
"""Anything that ``extra`` may hold."""

extras = st.just({}) | st.dictionaries(
    st.sampled_from(["k", "extra", "id", "~/", "ключ"]), json_values, max_size=2
)
notes = st.none() | st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)


@st.composite
def documents(draw: DrawFn) -> tuple[Document, str, list[list[tuple[int, int]]]]:
    """A document, its text, and the words of each annotatable segment as offsets."""
    words = st.lists(st.sampled_from(WORDS), min_size=2, max_size=16)
    some = st.lists(st.sampled_from(list(SegmentKind)), max_size=2)
    kinds = [*draw(some), draw(st.sampled_from(sorted(ANNOTATABLE))), *draw(some)]
    text = draw(st.sampled_from(("", "\n", "\r\n", " ")))
    segments: list[Segment] = []
    places: list[list[tuple[int, int]]] = []
    for kind in kinds:
        start = segments[-1].end if segments else 0
        marks = draw(st.sampled_from((("", ""), ("“", "”"), ("“", "“"), ('"', '"'))))
        text += marks[0]
        found = []
        for number, word in enumerate(draw(words)):
            text += draw(st.sampled_from(GAPS)) if number else ""
            found.append((len(text), len(text) + len(word)))
            text += word
        text += marks[1] + draw(st.sampled_from(("\n", "\r\n\r\n", " ")))
        segments.append(Segment(kind=kind, start=start, end=len(text)))
        if kind in ANNOTATABLE:
            places.append(found)
    unknown = Stated(value=None, certainty=Certainty.LOW, **_EVIDENCE)
    document = Document(
        id=draw(st.sampled_from(("one", "0", "D_1-x"))),
        file="text.txt",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        length=len(text),
        title=draw(st.none() | st.just("A title")),
        language="und",
        translation=None,
        outlet=unknown,
        agency=draw(st.none() | st.just(unknown)),
        date=StatedDate(value=None, certainty=Certainty.LOW, **_EVIDENCE),
        original_language=StatedLanguage(value=None, certainty=Certainty.LOW, **_EVIDENCE),
        rights_holder=unknown,
        segments=tuple(segments),
    )
    return document, text, places


@st.composite
def spans(draw: DrawFn, text: str, places: list[list[tuple[int, int]]]) -> tuple[Fragment, ...]:
    """A span of whole words in one segment, of one fragment or up to three."""
    words = draw(st.sampled_from(places))
    edges = sorted(draw(st.sets(st.integers(0, len(words)), min_size=2, max_size=6)))
    pairs = list(zip(edges[::2], edges[1::2], strict=False))[: draw(st.sampled_from((1, 1, 2, 3)))]
    return tuple(
        Fragment(start=words[i][0], end=words[j - 1][1], text=text[words[i][0] : words[j - 1][1]])
        for i, j in pairs
    )


def _some(ids: Iterable[str]) -> SearchStrategy[tuple[str, ...]]:
    """A few of ``ids`` in any order."""
    known = list(ids)
    if not known:
        return st.just(())
    return st.lists(st.sampled_from(known), unique=True, max_size=3).map(tuple)


def _one(ids: Iterable[str]) -> SearchStrategy[str | None]:
    return st.sampled_from([None, *ids])


_ID_STEMS = {"actors": "a", "locations": "l", "casualties": "c", "attributions": "t"}
_NUMBERS = st.sampled_from(("1", "2", "3", "07", "10", "12", "1-a1", "-x_", "99"))


@st.composite
def bundles(draw: DrawFn) -> Bundle:
    """A document with annotations in which the rules find no error.

    What the rules would refuse of a first draft is taken out of it, so that every value of every
    attribute and any constellation they allow can occur.
    """
    document, text, places = draw(documents())
    known = registries()
    lists: dict[str, tuple[Any, ...]] = dict.fromkeys(LAYERS, ())
    for layer in LAYERS:
        made = draw(st.lists(_record(layer, text, places, lists, known), max_size=5))
        if layer == "attributions":
            made = [draw(_akin(record, made[0])) for record in made]
        ids = draw(st.lists(_NUMBERS, min_size=len(made), max_size=len(made), unique=True))
        stem = _ID_STEMS[layer]
        lists[layer] = tuple(
            record.model_copy(update={"id": f"{stem}{number}"})
            for record, number in zip(made, ids, strict=True)
        )
    lists["casualties"] = tuple(
        record.model_copy(update={link: draw(_some(c.id for c in rest)) for link in LINKS})
        for record, rest in (
            (record, lists["casualties"][number + 1 :])
            for number, record in enumerate(lists["casualties"])
        )
    )
    lists["attributions"] = tuple(
        record.model_copy(update={"answers": draw(_one(one.id for one in lists["attributions"]))})
        for record in lists["attributions"]
    )
    annotations = Annotations(
        schema_version=SCHEMA_VERSION,
        document=document.id,
        sha256=document.sha256,
        annotator="a",
        guidelines=draw(st.sampled_from(("1.0", "1.1-δ"))),
        system=draw(st.none() | _systems),
        foreign=draw(_foreign(spans(text, places))),
        extra=draw(extras),
        **lists,
    )
    annotations = _without_errors(annotations, document, text, known)
    ids = [record.id for layer in LAYERS for record in getattr(annotations, layer)]
    waivers = draw(st.lists(_waiver(ids, spans(text, places)), max_size=2))
    return Bundle(
        document=document,
        text=text,
        annotations=annotations.model_copy(update={"waivers": tuple(waivers)}),
    )


_systems = st.builds(
    SystemRun,
    name=st.just("reader"),
    version=st.sampled_from(("1", "0.1-β")),
    made=st.just("2026-01-02T03:04:05Z"),
    extra=extras,
)


@st.composite
def _foreign(draw: DrawFn, span: SearchStrategy[Any]) -> tuple[ForeignLabel, ...]:
    """Up to two labels of another program."""
    return tuple(
        ForeignLabel(
            id=f"f{number}",
            span=draw(span),
            label=draw(st.sampled_from(("Weapon", "T\u00fcr"))),
            scheme="brat",
            attributes=draw(extras),
            extra=draw(extras),
        )
        for number in range(draw(st.integers(0, 2)))
    )


def _waiver(ids: list[str], span: SearchStrategy[Any]) -> SearchStrategy[TextWaiver]:
    return st.builds(
        TextWaiver,
        code=st.sampled_from(sorted(WAIVABLE)),
        record=_one(ids),
        span=st.none() | span,
        reason=st.text(st.characters(codec="utf-8"), min_size=1, max_size=12).filter(str.strip),
        extra=extras,
    )


LINKS = ("subset_of", "same_as", "revises", "besides")
"""The links between casualties."""


def _value(choices: type[ClosedList]) -> SearchStrategy[str]:
    return st.sampled_from([one.value for one in choices])


def _values(choices: type[ClosedList]) -> SearchStrategy[tuple[str, ...]]:
    return st.lists(_value(choices), unique=True, max_size=2).map(tuple)


_groups = st.builds(
    VictimGroup, status=_values(VictimStatus), age=_value(VictimAge), sex=_value(VictimSex)
)


def _alternatives(
    layer: str, span: SearchStrategy[Any], actors: list[str], known: Registries
) -> SearchStrategy[tuple[dict[str, Any], ...]]:
    """One or two other readings: spans, references, choices, counts and groups of their own."""
    words = span.map(lambda fragments: [fragment.model_dump() for fragment in fragments])
    own = _some(actors).map(list)
    events = _some(known.events).map(list)
    changes: dict[str, dict[str, SearchStrategy[Any]]] = {
        "actors": {"span": words, "entity": _one(known.actors), "level": _value(Level)},
        "locations": {"span": words, "place": _one(known.places), "level": _value(PlaceLevel)},
        "casualties": {
            "span": words,
            "trigger": st.none() | words,
            "outcome": _value(Outcome),
            "value": st.none() | st.integers(0, 10**12),
            "fraction": st.none() | st.just({"numerator": 1, "denominator": 2}),
            "groups": st.just([{"age": "child"}, {"sex": "female", "status": ["medic"]}]),
            "cause": _values(Cause).map(list),
            "side": _one(known.sides),
            "perpetrator": _one(actors),
            "inferred_perpetrator": _one(known.actors),
            "certainty": _value(VictimCertainty),
            "events": events,
        },
        "attributions": {
            "content": words,
            "cue": st.none() | words,
            "act": _value(Act),
            "source": own,
            "blames": own,
            "inferred_blames": _some(known.actors).map(list),
            "said_on": st.sampled_from((None, "2023-09")),
            "regarding": events,
        },
    }
    reading = st.fixed_dictionaries({}, optional=changes[layer]).filter(bool)
    return st.lists(reading, min_size=1, max_size=2).map(tuple)


def _record(
    layer: str,
    text: str,
    places: list[list[tuple[int, int]]],
    lists: dict[str, tuple[Any, ...]],
    known: Registries,
) -> SearchStrategy[Any]:
    span = spans(text, places)
    actors = [actor.id for actor in lists["actors"]]
    common = {
        "id": st.just("x"),
        "note": notes,
        "score": st.none() | st.floats(0, 1),
        "alternatives": st.just(()) | _alternatives(layer, span, actors, known),
        "extra": extras,
    }
    fields: dict[str, SearchStrategy[Any]]
    if layer == "actors":
        fields = {"span": span, "entity": _one(known.actors), "level": st.sampled_from(Level)}
        return st.builds(ActorMention, **common, **fields)
    if layer == "locations":
        fields = {"span": span, "place": _one(known.places), "level": st.sampled_from(PlaceLevel)}
        return st.builds(LocationMention, **common, **fields)
    if layer == "casualties":
        numbers = st.sampled_from((0, 1, 7, 3000, 10**12))
        others = [q for q in Quantifier if q not in (Quantifier.INDEFINITE, Quantifier.RANGE)]
        fractions = st.builds(Fraction, numerator=numbers, denominator=st.sampled_from((1, 2, 100)))
        quantity = (
            st.just((Quantifier.INDEFINITE, None, None, None))
            | st.tuples(st.sampled_from(others), numbers, st.none(), st.none())
            | st.tuples(st.just(Quantifier.RANGE), st.just(3), st.sampled_from((3, 10)), st.none())
            | st.tuples(st.sampled_from(others), st.none(), st.none(), fractions)
        )
        named = st.tuples(_one(actors), st.none()) | st.tuples(st.none(), _one(known.actors))
        fields = {
            "span": span,
            "trigger": st.none() | span,
            "outcome": _value(Outcome),
            "status": _values(VictimStatus),
            "age": _value(VictimAge),
            "sex": _value(VictimSex),
            "groups": st.just(()) | st.lists(_groups, max_size=2).map(tuple),
            "side": _one(known.sides),
            "cause": _values(Cause),
            "certainty": st.sampled_from(VictimCertainty),
            "events": _some(known.events),
        }
        return st.tuples(quantity, named).flatmap(
            lambda d: st.builds(
                partial(
                    Casualty,
                    quantifier=d[0][0],
                    value=d[0][1],
                    value_max=d[0][2],
                    fraction=d[0][3],
                    perpetrator=d[1][0],
                    inferred_perpetrator=d[1][1],
                ),
                **common,
                **fields,
            )
        )
    fields = {
        "cue": st.none() | span,
        "content": span,
        "mode": st.sampled_from(Mode),
        "commitment": st.sampled_from(Commitment),
        "blames": _some(actors),
        "inferred_blames": _some(known.actors),
        "said_on": st.sampled_from((None, "2023", "2023-09-19")),
    }
    word_of = st.tuples(_some(actors), st.none()) | st.tuples(st.just(()), _one(known.actors))
    about = st.tuples(st.sampled_from(Act), st.just(())) | st.tuples(
        st.sampled_from((Act.ACCUSE, Act.CONDEMN, Act.DENY)), _some(known.events)
    )
    return st.tuples(word_of, about).flatmap(
        lambda d: st.builds(
            partial(
                Attribution,
                source=d[0][0],
                inferred_source=d[0][1],
                act=d[1][0],
                regarding=d[1][1],
            ),
            **common,
            **fields,
        )
    )


def _akin(record: Attribution, other: Attribution) -> SearchStrategy[Attribution]:
    """``record`` as it is, or sharing something with ``other``, or blaming its own source."""
    changes: tuple[dict[str, Any], ...] = (
        {},
        {"cue": other.cue},
        {"source": other.source, "inferred_source": other.inferred_source},
        {"blames": record.source},
    )
    return st.sampled_from(changes).map(lambda change: record.model_copy(update=change))


def _without_errors(
    annotations: Annotations, document: Document, text: str, known: Registries
) -> Annotations:
    """``annotations`` in order, without the records in which the rules find errors."""
    while True:
        annotations = _in_order(annotations)
        found = check_annotations(annotations, document, text, known)
        bad = {tuple(f.pointer.split("/")[1:3]) for f in found if not f.is_warning}
        if not bad:
            return annotations
        left = {
            layer: [
                record
                for number, record in enumerate(getattr(annotations, layer))
                if (layer, str(number)) not in bad
            ]
            for layer in LAYERS
        }
        ids = {record.id for records in left.values() for record in records}
        annotations = annotations.model_copy(
            update={
                layer: tuple(_without_references(record, ids) for record in records)
                for layer, records in left.items()
            }
        )


def _without_references(record: Any, ids: set[str]) -> Any:
    """``record`` without its references to records that are gone."""
    changes: dict[str, Any] = {}
    for name in ("source", "blames", *LINKS):
        if hasattr(record, name):
            changes[name] = tuple(i for i in getattr(record, name) if i in ids)
    for name in ("perpetrator", "answers"):
        if getattr(record, name, None) not in (*ids, None):
            changes[name] = None
    return record.model_copy(update=changes)


def _in_order(annotations: Annotations) -> Annotations:
    actors = {actor.id: actor for actor in annotations.actors}
    return annotations.model_copy(
        update={
            layer: tuple(sorted(getattr(annotations, layer), key=lambda r: text_order(r, actors)))
            for layer in LAYERS
        }
    )


def write_corpus(root: Path, bundles: Iterable[Bundle], set_name: str = "gold") -> Layout:
    """A corpus directory at ``root`` with these documents and :func:`registries`."""
    layout = Layout(root)
    found = list(bundles)
    known = registries()
    for name, model in REGISTRIES.items():
        entries = tuple(getattr(known, name).values())
        record = model(schema_version=SCHEMA_VERSION, **{name: entries})
        _write(layout.registry(name), canonical_bytes(record))
    index = DocumentIndex(schema_version=SCHEMA_VERSION, documents=tuple(b.document for b in found))
    _write(layout.index, canonical_bytes(index))
    for bundle in found:
        _write(layout.seeds / bundle.document.file, bundle.text.encode())
        path = layout.annotation_file(set_name, bundle.document.id)
        _write(path, canonical_bytes(bundle.annotations))
    return layout


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
