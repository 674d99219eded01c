"""Propose a mapping by looking at the labels, attributes and links of annotated texts."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from warclaims.formats.mapping import OWN_LINKS, LabelMapping
from warclaims.records import LAYERS, shapes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warclaims.formats.annotated_text import AnnotatedText

_LAYER_WORDS: dict[str, str] = {
    **{model.noun: layer for layer, model in LAYERS.items()},
    **dict.fromkeys(("per", "person", "people", "speaker", "source", "org", "group"), "actors"),
    **dict.fromkeys(("organization", "organisation", "norp", "target", "attacker"), "actors"),
    **dict.fromkeys(("loc", "gpe", "fac", "facility", "place", "city"), "locations"),
    **dict.fromkeys(("country", "district", "region", "state_or_province"), "locations"),
    **dict.fromkeys(("casualties", "victim", "victims", "deaths"), "casualties"),
    **dict.fromkeys(("dead", "killed", "fatalities", "wounded", "injured"), "casualties"),
    **dict.fromkeys(("content", "quote", "quotation", "statement"), "attributions"),
}
"""Labels of well-known schemes, in lower case, by the layer that they are nearest to."""

_LINK_WORDS = {
    "source": "source",
    "speaker": "source",
    "cue": "cue",
    "claim": "content",
    "content": "content",
    "perpetrator": "perpetrator",
    "trigger": "trigger",
}
"""Links of well-known schemes, by field."""

_SHORT = 40
"""Characters of a value of a closed list at most; longer ones are free text."""

_FIELDS = {name for model in LAYERS.values() for name in shapes(model)}

_HEAD = """\
# What labels become. Edit this file, then import with --mapping.
#
# [labels.PERSON]
# layer = "actors"                      # {layers}
# fields = {{ level = "name" }}           # values that all these records get
# [links.Speaker]
# field = "source"                      # the field of the record at which the link begins,
# reverse = true                        # or ends. Fields of links:
#   {links}
# [attributes.Mention]
# field = "level"
# values = {{ NAM = "name", NOM = "nominal" }}
#
# What has no rule is kept as a foreign label, or beside its record.
"""


def proposed_mapping(texts: Iterable[AnnotatedText]) -> str:
    """A mapping file (TOML) for the labels of ``texts``, with how often each occurs.

    What is likely gets a rule; everything else is a comment.
    """
    labels: Counter[str] = Counter()
    links: Counter[str] = Counter()
    attributes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    own = LabelMapping()
    for text in texts:
        for span in text.spans:
            if own.label_rule(span.label, span.scheme) is None:
                labels[span.label] += 1
                for name, value in span.attributes.items():
                    attributes[name][str(value)] += 1
        links.update(link.label for link in text.links)
    lines = [_HEAD.format(layers=", ".join(LAYERS), links=", ".join(sorted(OWN_LINKS)))]
    for label, count in labels.most_common():
        layer = _layer_of(label)
        lines += _table("labels", label, f"{count:,}", f'layer = "{layer or ""}"', is_sure=layer)
        if layer == "casualties":
            lines[-1:] = ['# fields = { outcome = "killed" }  # needed: killed, injured …', ""]
    for label, count in links.most_common():
        field = _LINK_WORDS.get(label.lower().rstrip("0123456789"))
        lines += _table("links", label, f"{count:,}", f'field = "{field or ""}"', is_sure=field)
    for name, values in attributes.items():
        common = ", ".join(value for value, _ in values.most_common(8))
        said = f"{values.total():,}: {common}"
        field = name if name in _FIELDS else None
        lines += _table("attributes", name, said, f'field = "{field or ""}"', is_sure=field)
        short = [value for value, _ in values.most_common(8) if len(value) <= _SHORT]
        pairs = ", ".join(f'{json.dumps(value, ensure_ascii=False)} = ""' for value in short)
        lines[-1:] = [f"# values = {{ {pairs} }}", ""] if short else [""]
    return "\n".join(lines)


def _layer_of(label: str) -> str | None:
    """The layer that a label is nearest to: by the whole label, or a word of it.

    >>> _layer_of("PROP_GPE"), _layer_of("Weapon")
    ('locations', None)
    """
    whole = label.lower()
    words = (_LAYER_WORDS.get(word) for word in (whole, *re.split(r"[^a-z]+", whole)))
    return next((layer for layer in words if layer), None)


def _table(part: str, name: str, comment: str, line: str, *, is_sure: str | None) -> list[str]:
    """A table of the file, commented out if nothing is proposed."""
    comment = " ".join(comment.split())
    found = [f"[{part}.{json.dumps(name, ensure_ascii=False)}]  # {comment[:100]}", line]
    return [*(one if is_sure else f"# {one}" for one in found), ""]
