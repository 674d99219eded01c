"""The instructions for annotators: one screen, in the panel and behind *Instructions*."""

from __future__ import annotations

from html import escape

from warclaims.labelstudio.labels_and_relations import REGION_LABELS

_KEYS = ", ".join(f"{label.hotkey} {label.name}" for label in REGION_LABELS.values() if label.layer)

STEPS: dict[str, str] = {
    "Draw": f"Click anywhere in the text, press Escape twice, press the key of the label ({_KEYS}),"
    " and drag over the words.",
    "Select": "Click a region; Alt+. goes to another on the same words. Its fields are on the "
    "right. Those with * are needed, and red until filled.",
    "Names": "Type any part of a name or id. If it is missing, write it into “new entry” with a "
    "type: Officials in Dorn (government), Dorn (city), blast in Dorn (explosion).",
    "Relate": "Click the first region, press Alt+R, click the second. Actor → cue: source; "
    "cue → content; cue → actor: blamed; casualty → trigger; casualty → actor: perpetrator; "
    "casualty → casualty: part of; a fragment → the next of the same mention.",
    "Correct": "Backspace deletes the selected region; Ctrl+Z undoes. While a region is selected, "
    "the key of a label changes its label. Delete a relation in the list of relations.",
    "Example": "“Officials in Dorn said two civilians were killed”: actor Officials in Dorn, cue "
    "said, content two civilians were killed, casualty two civilians, trigger killed; relate "
    "actor → cue → content and casualty → trigger.",
    "Save": "Submit or Update. What is not saved is not brought back into the corpus.",
}
"""What to do → how, in the order of work."""

_MORE = (
    "<b>Other relations</b>: if no words attribute a quotation, label it content_uncued and use it "
    "in place of the cue. For another relation of two casualties (same_as, revises, besides), or "
    "from a cue to the one it answers, choose its label in the list of relations.",
    "<b>Leave out</b> what the text does not say, and grey text, which is not part of the article. "
    "Hard cases are in annotations/GUIDELINES.md of the corpus.",
)

GUIDE = "\n".join(
    f"<p>{words}</p>"
    for words in (*(f"<b>{name}</b>. {escape(how)}" for name, how in STEPS.items()), *_MORE)
)
"""The instructions as HTML."""
