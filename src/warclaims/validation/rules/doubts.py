"""Level 5 for all layers: what the annotator was not sure of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.records import LAYERS, span_end, span_start, span_text
from warclaims.validation.geometry import MAIN_FIELD
from warclaims.validation.rule import Example, Fault, Scope, rule
from warclaims.validation.words import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.validation.views import AnnotationView


@rule(
    "C515",
    Scope.ANNOTATIONS,
    title="uncertain without a note",
    why="A record is uncertain where an attribute was chosen between two readings. Without the "
    "other reading nobody can review the choice.",
    fix="Name the other reading in the note, or take uncertain off if there is only one.",
    example=Example(
        '[two casualties] with "uncertain": true and no note',
        '[two casualties] with "uncertain": true, "note": "may be the killed only"',
    ),
    mistake={"/casualties/0/uncertain": True},
)
def no_other_reading(view: AnnotationView) -> Iterator[Fault]:
    """A record is uncertain, and its note is missing or blank."""
    for layer in LAYERS:
        for index, record in enumerate(getattr(view.record, layer)):
            if record.uncertain and not (record.note and record.note.strip()):
                span = getattr(record, MAIN_FIELD[layer])
                words = quoted(span_text(span))
                message = f"{record.id} {words} is uncertain, but no note names the other reading"
                pointer = f"/{layer}/{index}/uncertain"
                yield Fault(pointer, message, span_start(span), span_end(span))
