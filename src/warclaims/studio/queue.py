"""Make tasks of the records that a person should look at, in a pass of the person's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from warclaims.derive.worth import RecordInQuestion, records_by_worth
from warclaims.labelstudio import task
from warclaims.labelstudio.files import sound_task
from warclaims.labelstudio.record_keys import by_key
from warclaims.labelstudio.tasks import regions_of
from warclaims.layout import GOLD
from warclaims.records import Bundle
from warclaims.studio.compare import noted, predicted
from warclaims.wording import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warclaims.corpus import Corpus

QUESTIONS = "questions"
"""The key in the data of a task that lists the records in question."""


def questions_of(corpus: Corpus, number: int) -> dict[str, list[RecordInQuestion]]:
    """The first ``number`` records in question by document; the one worth most is first."""
    found: dict[str, list[RecordInQuestion]] = {}
    for one in records_by_worth(corpus.bundles(), corpus.challenges())[:number]:
        found.setdefault(one.document, []).append(one)
    return found


def queued_task(
    corpus: Corpus, set_name: str, document: str, questions: Sequence[RecordInQuestion]
) -> dict[str, Any]:
    """The task of a document that begins from gold, with the records in question marked.

    They are listed in the heading, and their regions have the question in their details. The task
    has no annotation until one is submitted; what the annotator has in the set already comes first.

    Raises:
        InvalidFile: the annotations have errors.
    """
    base = set_name if corpus.layout.is_annotated(set_name, document) else GOLD
    sound_task(corpus, base, document)
    found = corpus.bundle(document, base)
    own = found.annotations.model_copy(update={"annotator": set_name})
    bundle = Bundle(document=found.document, text=found.text, annotations=own)
    made = predicted(task(bundle, corpus.registries, set_name), base)
    data = made["data"]
    listed = [
        f"{number}. {one.record} “{one.words}”: {one.question}"
        for number, one in enumerate(questions, 1)
    ]
    records = by_key(own)
    notes = {
        regions_of(one.layer, records[one.layer, one.record])[0].id: words
        for one, words in zip(questions, listed, strict=True)
        if (one.layer, one.record) in records
    }
    header = f"{data['header']} · {plural(len(listed), 'record')} to decide: {' · '.join(listed)}"
    predictions = [{**one, "result": noted(one["result"], notes)} for one in made["predictions"]]
    asking = {**data, "header": header, QUESTIONS: listed}
    return {**made, "data": asking, "predictions": predictions}
