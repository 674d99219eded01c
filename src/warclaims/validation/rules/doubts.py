"""Level 5, all layers: what the annotator was not sure of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warclaims.records import LAYERS
from warclaims.validation.rule import Example, Fault, Scope, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.validation.views import AnnotationView


@rule(
    "C515",
    Scope.ANNOTATIONS,
    title="uncertain without a note",
    why="A record is uncertain if one of two readings was chosen for an attribute. The choice "
    "cannot be reviewed without the other reading.",
    fix="Give the other reading in the note, or remove uncertain if there is only one.",
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
                message = "is uncertain, but no note gives the other reading"
                yield view.fault(layer, index, "uncertain", message)
