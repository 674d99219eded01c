"""The labelling configuration, generated from the models."""

from __future__ import annotations

from itertools import product
from string import ascii_lowercase
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from warclaims.errors import WarclaimsError
from warclaims.labelstudio.guide import STEPS
from warclaims.labelstudio.labels_and_relations import (
    BOILERPLATE,
    NEW_ENTRY,
    ONLY_IF,
    REGION_CONTROL,
    REGION_LABELS,
    RELATION_LABELS,
    TEXT_OBJECT,
    controls,
)
from warclaims.records import FieldKind, Lists

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.labelstudio.labels_and_relations import AttributeControl

# To keep the text legible with all layers on one page, relation labels are shown on hovering only,
# contents are underlined so that nesting is visible, and boilerplate is grey. The list of tasks is
# a strip that opens under the pointer, which gives the text its width. The handles at the edges of
# a region are <area> elements, which newer browsers hide without the rule below. The keys of
# choices that have a spare one are shown under the pointer only, which saves much of the panel.
# Label Studio escapes > in style sheets.
_STYLE = f"""
  .lsf-label-view__table {{ position: relative; z-index: 20; flex: 0 0 18px; width: 18px }}
  .lsf-label-view__table::after {{ content: "texts"; position: absolute; top: 8px; left: 1px; writing-mode: vertical-rl; font-size: 11px; color: #666; pointer-events: none }}
  .lsf-label-view__table .lsf-label-view__dataview {{ position: absolute; height: 100%; width: 18px !important; min-width: 0 !important; overflow: hidden; contain: strict }}
  .lsf-label-view__table .lsf-data-view-dm {{ visibility: hidden }}
  .lsf-label-view__table [class*=resizer__handle] {{ display: none }}
  .lsf-label-view__table:hover .lsf-label-view__dataview {{ width: 260px !important; transition: width 0s 0.4s }}
  .lsf-label-view__table:hover .lsf-data-view-dm {{ visibility: visible; transition: visibility 0s 0.4s }}
  .lsf-region-meta__result {{ display: none }}
  .lay {{ display: flex; gap: 10px; align-items: flex-start }}
  .lay .txt {{ flex: 1 1 auto; max-height: calc(100vh - 235px); overflow-y: auto; position: relative }}
  .lay .side {{ flex: 0 0 310px; max-height: calc(100vh - 235px); overflow-y: auto; padding: 0 8px; border-left: 2px solid #ccc }}
  .side h1, .side h2, .side h3, .side h4, .side h5, .side h6 {{ font-size: 11px; font-weight: 700; color: #555; margin: 4px 0 2px 0 !important; line-height: 1.2 }}
  .side .lsf-text-area, .side .ant-form-item {{ margin: 0 !important }}
  .side .lsf-choices, .side .lsf-choices * {{ font-size: 12px; line-height: 1.35 }}
  .side .lsf-choices .lsf-choice__item[style*="order"] {{ position: relative }}
  .side .lsf-choices .lsf-choice__item[style*="order"] .lsf-hint {{ display: none }}
  .side .lsf-choices .lsf-choice__item[style*="order"]:hover .lsf-hint {{ display: block; position: absolute; z-index: 9; top: 1.6em; left: 24px; padding: 0 3px; white-space: nowrap; background: #fff; border: 1px solid #ccc }}
  .side .lsf-choices .lsf-hint {{ vertical-align: baseline; top: 0; font-size: 10px; color: #767676 }}
  .side .ant-select-selection-item-content {{ display: block; max-width: 215px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap !important }}
  .side .lsf-choices, .side .lsf-taxonomy {{ margin: 3px 0 5px 0 !important }}
  .ant-select-tree-title {{ display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; line-height: 1.3 }}
  .side .needed:not(:has(input:checked)) :is(h1, h2, h3, h4, h5, h6) {{ color: #B00020 !important }}
  .guide :is(h1, h2, h3, h4, h5, h6):nth-of-type(even) {{ font-weight: 400; font-size: 12px; line-height: 1.35; color: #333 }}
  .hdr h1, .hdr h2, .hdr h3, .hdr h4, .hdr h5, .hdr h6 {{ font-size: 13px; font-weight: 600; color: #444; margin: 0 }}
  .txt [class*=richtext__container] {{ font-size: 15px; line-height: 2.1 }}
  .htx-highlight[data-label$=":content"], .htx-highlight[data-label$=":content_uncued"] {{ border-bottom: 2px solid #555 !important }}
  .htx-highlight[data-label$=":content"]:has(.htx-highlight[data-label$=":content"]) {{ padding-bottom: 5px }}
  .htx-highlight[data-label$=":{BOILERPLATE}"] {{ background-color: transparent !important; color: #767676 !important }}
  .htx-highlight.__active area {{ display: block }}
  .relations-overlay {{ clip-path: inset(92px 0 0 0) }}
  .relations-overlay g[class*=relationItem] {{ opacity: 0.35 }}
  .relations-overlay g[class*=relationItem] g {{ display: none }}
  .relations-overlay g[class*=_highlighted] {{ opacity: 1 }}
  .relations-overlay g[class*=_highlighted] g {{ display: inline }}
  """  # noqa: E501

_SPARE_KEY_STYLE = "order: 1"
"""Changes nothing by itself; the style sheet finds choices with spare keys by it."""

_NUMBER_HOTKEYS = {"casualty_value": "alt+v", "casualty_value_max": "alt+w"}
_RARE = {
    "casualty_fraction",
    "casualty_groups",
    "casualty_inferred_perpetrator",
    "casualty_certainty",
    "attribution_inferred_source",
    "attribution_said_on",
    "attribution_inferred_blames",
    "alternatives",
}
"""Controls at the end of the panel, because most records do without."""

_ONE_LINE = {NEW_ENTRY.name, "casualty_fraction", "attribution_said_on"}
"""Fields of one line; in those of several, Enter begins another."""

_SPARE_KEYS = (
    *product(("alt+shift+", "ctrl+alt+shift+"), ascii_lowercase),
    *product(("", "alt+", "shift+", "alt+shift+"), (f"f{number}" for number in range(13, 20))),
    *product(("ctrl+", "ctrl+alt+", "ctrl+shift+"), (f"f{number}" for number in range(13, 20))),
)
"""Keys of choices that :data:`HOTKEYS` does not name; no browser takes one for itself."""

_HEADINGS = {
    "casualty_value": "value (empty if indefinite; alt+v adds one)",
    "casualty_value_max": "to (greater number of the range)",
    "casualty_fraction": "fraction of the whole (1/2)",
    "casualty_groups": "groups, one a line (adult female)",
    "alternatives": "other readings, one a line (outcome: killed; value: 7)",
    "casualty_inferred_perpetrator": "inferred perpetrator (only if none in the sentence)",
    "attribution_inferred_blames": "inferred blames (by an adjective)",
    "attribution_said_on": "said on (2023-09-19)",
    "casualty_side": "side (only if the text gives it)",
    "attribution_inferred_source": "inferred source (only if the text has no source)",
    "attribution_regarding": "regarding (events)",
    NEW_ENTRY.name: "new entry (Dorn (city); only if the search lacks it)",
}
"""Headings of fields whose name is not enough."""

HOTKEYS: dict[str, dict[str, str]] = {
    "actor_level": {"name": "n", "nominal": "z", "pronoun": "h"},
    "location_level": {"name": "n", "nominal": "z"},
    "casualty_outcome": {
        "killed": "shift+k",
        "injured": "shift+i",
        "missing": "shift+m",
        "captured": "shift+c",
        "displaced": "shift+d",
        "killed_or_injured": "shift+b",
    },
    "casualty_quantifier": {
        "exact": "shift+e",
        "at_least": "shift+l",
        "more_than": "shift+g",
        "at_most": "shift+u",
        "less_than": "shift+f",
        "approximate": "shift+a",
        "range": "alt+z",
        "order_of_magnitude": "shift+o",
        "indefinite": "shift+n",
    },
    "casualty_status": {
        "civilian": "shift+v",
        "military": "shift+s",
        "police": "shift+p",
        "fighter": "shift+x",
    },
    "casualty_age": {"child": "shift+h", "adult": "shift+j", "unspecified": "shift+y"},
    "casualty_sex": {"female": "shift+w", "male": "alt+j"},
    "casualty_cause": {
        "landmine": "shift+t",
        "vehicle_bomb": "alt+c",
        "air_strike": "alt+a",
        "drone_strike": "alt+o",
        "artillery": "shift+r",
        "small_arms": "alt+g",
        "fighting": "shift+z",
        "expulsion": "alt+x",
        "explosive": "shift+q",
    },
    "casualty_certainty": {"presumed": "alt+p"},
    "attribution_mode": {"direct": "r", "indirect": "i", "mixed": "b"},
    "attribution_act": {
        "accuse": "j",
        "condemn": "x",
        "demand": "m",
        "deny": "d",
        "commit": "k",
        "announce": "o",
        "predict": "p",
        "evaluate": "v",
        "assert": "y",
    },
    "attribution_commitment": {"neutral": "alt+n", "supporting": "alt+s", "distancing": "alt+t"},
}
"""Keys of choices: of one label each is unique, and the same value has the same key.

Every choice has a key, and none is a digit: Label Studio gives digits to choices without a key, and
a digit typed for a number field would then change a choice.
"""


def configuration(lists: Lists) -> bytes:
    """The labelling configuration as XML: every label, relation and attribute of the models.

    ``lists`` are those of the corpus.

    Raises:
        WarclaimsError: the lists are too long.

    No attribute is ``required`` and none has a default: both get in the way of drawing the second
    fragment of a span. The import checks which attributes are required.
    """
    root = ET.Element("View")
    ET.SubElement(root, "Style").text = _STYLE
    header = ET.SubElement(root, "View", className="hdr")
    ET.SubElement(header, "Header", size="6", value="$header")
    relations = ET.SubElement(root, "Relations")
    for name in RELATION_LABELS:
        ET.SubElement(relations, "Relation", value=name)
    _add_labels(root)
    lay = ET.SubElement(root, "View", className="lay")
    text = ET.SubElement(lay, "View", className="txt")
    ET.SubElement(text, "Text", name=TEXT_OBJECT, value=f"${TEXT_OBJECT}", granularity="symbol")
    side = ET.SubElement(lay, "View", className="side")
    spare = map("".join, _SPARE_KEYS)
    try:
        for control in sorted(controls().values(), key=lambda one: one.name in _RARE):
            _add_control(side, control, spare, lists)
    except StopIteration:
        raise WarclaimsError(
            f"the corpus adds {len(lists.own)} values to the lists, and Label Studio does not have "
            "keys for so many. Remove some from annotations/lists.json"
        ) from None
    guide = ET.SubElement(side, "View", className="guide", visibleWhen="no-region-selected")
    for name, how in STEPS.items():
        ET.SubElement(guide, "Header", size="6", value=name)
        ET.SubElement(guide, "Header", size="6", value=how)
    ET.indent(root)
    return (ET.tostring(root, encoding="unicode") + "\n").encode()


def _add_labels(parent: ET.Element) -> None:
    labels = ET.SubElement(
        parent,
        "Labels",
        name=REGION_CONTROL,
        toName=TEXT_OBJECT,
        choice="single",
        showInline="true",
    )
    for label in REGION_LABELS.values():
        ET.SubElement(
            labels,
            "Label",
            value=label.name,
            background=label.colour,
            hotkey=label.hotkey,
            hint=label.hint,
        )


def _add_control(
    side: ET.Element, control: AttributeControl, spare: Iterator[str], lists: Lists
) -> None:
    shown = {
        "visibleWhen": "region-selected",
        "whenTagName": REGION_CONTROL,
        "whenLabelValue": ",".join(control.labels),
    }
    is_needed = control.shape.required and not (control.shape.nullable or control.shape.many)
    box = ET.SubElement(side, "View", {"className": "attr" + " needed" * is_needed, **shown})
    if (condition := ONLY_IF.get(control.name)) is not None:
        other, value = condition
        only = {"visibleWhen": "choice-selected", "whenTagName": other, "whenChoiceValue": value}
        box = ET.SubElement(box, "View", only)
    heading = _HEADINGS.get(control.name, control.shape.name.replace("_", " "))
    ET.SubElement(box, "Header", size="6", value=heading + " *" * is_needed)
    common = {"name": control.name, "toName": TEXT_OBJECT, "perRegion": "true"}
    if control.tag == "Choices":
        single = control.shape.kind is FieldKind.CHOICE and not control.shape.many
        # Repeated here: without it the hotkeys of these choices act on regions of other labels.
        choices = ET.SubElement(
            box,
            "Choices",
            {**common, "choice": "single" if single else "multiple", "showInline": "true", **shown},
        )
        for option in control.options(lists).values():
            shown_as = {"value": option.value, "hint": option.meaning}
            if (key := HOTKEYS.get(control.name, {}).get(option.value)) is None:
                key = next(spare)
                shown_as["style"] = _SPARE_KEY_STYLE
            ET.SubElement(choices, "Choice", {**shown_as, "hotkey": key})
    elif control.tag == "Taxonomy":
        ET.SubElement(
            box,
            "Taxonomy",
            {
                **common,
                "value": f"${control.registry}",
                "leafsOnly": "true",
                "maxUsages": "99" if control.shape.many else "1",
                "placeholder": "type to search",
                "minWidth": "280px",
                "maxWidth": "300px",
            },
        )
    elif control.tag == "Number":
        number = {**common, "min": "0", "step": "1", "hotkey": _NUMBER_HOTKEYS[control.name]}
        ET.SubElement(box, "Number", number)
    else:
        ET.SubElement(
            box,
            "TextArea",
            {
                **common,
                "rows": "1" if control.name in _ONE_LINE else "2",
                "maxSubmissions": "1",
                "editable": "true",
                "showSubmitButton": "false",
            },
        )
