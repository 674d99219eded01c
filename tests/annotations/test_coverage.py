"""No number or word of harm in the texts is overlooked: each is in a casualty or was read and left.

``fixtures/left-out-numbers-and-harm.txt`` lists the hits that no casualty covers, with the words
around them. Whoever changes gold or the search reads the new lines before they go in there.
"""

import re

import warclaims
from warclaims.derive import Placement
from warclaims.records.vocabulary import ANNOTATABLE

WORDS = re.compile(
    r"\b(kill\w*|dead|death\w*|die[sd]?|wound\w*|injur\w*|victim\w*|casualt\w*|lives?|lost"
    r"|displac\w*|missing|captur\w*|expel\w*|flee|fled|bloodshed|massacre\w*|genocid\w*|cleansing"
    r"|refuge\w*|prisoner\w*|one|two|three|four|five|six|seven|eight\w*|nine|ten|eleven|twelve"
    r"|fifteen|\d[\d,.:]*|million|thousands?|several|dozen\w*|hundred\w*)\b",
    re.IGNORECASE,
)


def left_out(corpus) -> list[str]:
    lines = []
    for bundle in corpus.bundles():
        covered = [
            (fragment.start, fragment.end)
            for casualty in bundle.annotations.casualties
            for span in (casualty.span, casualty.trigger or ())
            for fragment in span
        ]
        placement = Placement(bundle.document, bundle.text)
        for hit in WORDS.finditer(bundle.text):
            if any(start <= hit.start() < end for start, end in covered):
                continue
            if placement.segment(hit.start()).kind in ANNOTATABLE:
                around = bundle.text[max(0, hit.start() - 45) : hit.end() + 35]
                lines.append(f"{bundle.document.id} {hit.start()} …{' '.join(around.split())}…")
    return lines


def test_every_number_and_word_of_harm_is_covered_or_was_left_on_purpose(shipped):
    known = shipped / "tests" / "fixtures" / "left-out-numbers-and-harm.txt"
    assert left_out(warclaims.open(shipped)) == known.read_text(encoding="utf-8").splitlines()
