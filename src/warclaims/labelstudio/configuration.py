"""The labelling configuration, generated from the models."""

from __future__ import annotations

from itertools import product
from string import ascii_lowercase
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from warclaims.labelstudio.interface import (
    BOILERPLATE,
    NEW_ENTRY,
    REGION_CONTROL,
    REGION_LABELS,
    RELATION_LABELS,
    TEXT_OBJECT,
    controls,
)
from warclaims.records import FieldKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warclaims.labelstudio.interface import AttributeControl

# To keep the text legible with all layers on one page, relation labels are shown on hovering only,
# contents are underlined so that nesting is visible, and boilerplate is grey. The handles at the
# edges of a region are <area> elements, which newer browsers hide without the rule below.
_STYLE = f"""
  .lay {{ display: flex; gap: 10px; align-items: flex-start }}
  .lay .txt {{ flex: 1 1 auto; max-height: calc(100vh - 235px); overflow-y: auto; position: relative }}
  .lay .side {{ flex: 0 0 310px; max-height: calc(100vh - 235px); overflow-y: auto; padding: 0 8px; border-left: 2px solid #ccc }}
  .side h1, .side h2, .side h3, .side h4, .side h5, .side h6 {{ font-size: 11px; font-weight: 700; color: #555; margin: 5px 0 0 0; line-height: 1.2 }}
  .side .lsf-choices, .side .lsf-choices * {{ font-size: 12px; line-height: 1.35 }}
  .hdr h1, .hdr h2, .hdr h3, .hdr h4, .hdr h5, .hdr h6 {{ font-size: 13px; font-weight: 600; color: #444; margin: 0 }}
  .txt [class*=richtext__container] {{ font-size: 15px; line-height: 2.1 }}
  .htx-highlight[data-label$=":content"], .htx-highlight[data-label$=":content_uncued"] {{ border-bottom: 2px solid #555 !important }}
  .htx-highlight[data-label$=":content"]:has(.htx-highlight[data-label$=":content"]) {{ padding-bottom: 5px }}
  .htx-highlight[data-label$=":{BOILERPLATE}"] {{ background-color: transparent !important; color: #767676 !important }}
  .htx-highlight.__active area {{ display: block }}
  .relations-overlay g[class*=relationItem] {{ opacity: 0.35 }}
  .relations-overlay g[class*=relationItem] g {{ display: none }}
  .relations-overlay g[class*=_highlighted] {{ opacity: 1 }}
  .relations-overlay g[class*=_highlighted] g {{ display: inline }}
  """  # noqa: E501

_VALUE_HOTKEY = "alt+v"

_HEADINGS = {
    "casualty_value": f"value (empty if indefinite; {_VALUE_HOTKEY} adds one)",
    "casualty_side": "side (only if the text gives it)",
    "attribution_inferred_source": "inferred source (only if the text has no source)",
    "attribution_regarding": "regarding (events)",
    NEW_ENTRY.name: "new entry (a name missing from the registry)",
}
"""Headings of fields whose name is not enough."""

HOTKEYS: dict[str, dict[str, str]] = {
    "actor_level": {"name": "n", "nominal": "z", "pronoun": "h"},
    "location_level": {"name": "g", "nominal": "e"},
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
        "order_of_magnitude": "shift+o",
        "indefinite": "shift+n",
    },
    "casualty_status": {
        "civilian": "shift+v",
        "military": "shift+s",
        "police": "shift+p",
        "mixed": "shift+x",
        "unspecified": "shift+w",
    },
    "casualty_age": {"child": "shift+h", "adult": "shift+j", "unspecified": "shift+y"},
    "casualty_cause": {
        "landmine": "shift+t",
        "vehicle_bomb": "alt+c",
        "air_strike": "alt+a",
        "drone_strike": "alt+o",
        "artillery": "shift+r",
        "small_arms": "alt+g",
        "fighting": "shift+z",
        "expulsion": "alt+x",
        "unspecified": "shift+q",
    },
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
    "uncertain": {"uncertain": "w"},
}
"""Keys of choices. Each is unique, because it works whatever region is selected.

Every choice has a key, and none is a digit: Label Studio gives digits to choices without a key, and
a digit typed for a number field would then change a choice.
"""


def configuration() -> bytes:
    """The labelling configuration as XML: every label, relation and attribute of the models.

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
    spare = map("+".join, product(("alt+shift", "ctrl+alt+shift"), ascii_lowercase))
    for control in controls().values():
        _add_control(side, control, spare)
    hint = ET.SubElement(side, "View", visibleWhen="no-region-selected")
    ET.SubElement(hint, "Header", size="6", value="Click a region to see its attributes")
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


def _add_control(side: ET.Element, control: AttributeControl, spare: Iterator[str]) -> None:
    shown = {
        "visibleWhen": "region-selected",
        "whenTagName": REGION_CONTROL,
        "whenLabelValue": ",".join(control.labels),
    }
    box = ET.SubElement(side, "View", {"className": "attr", **shown})
    heading = _HEADINGS.get(control.name, control.shape.name.replace("_", " "))
    ET.SubElement(box, "Header", size="6", value=heading)
    common = {"name": control.name, "toName": TEXT_OBJECT, "perRegion": "true"}
    if control.tag == "Choices":
        single = control.shape.kind is FieldKind.CHOICE and not control.shape.many
        # Repeated here: without it the hotkeys of these choices act on regions of other labels.
        choices = ET.SubElement(
            box,
            "Choices",
            {**common, "choice": "single" if single else "multiple", "showInline": "true", **shown},
        )
        meanings = {member.value: member.meaning for member in control.shape.choices or ()}
        for option in control.options:
            hint = meanings.get(option, control.shape.description)
            key = HOTKEYS.get(control.name, {}).get(option) or next(spare)
            ET.SubElement(choices, "Choice", value=option, hint=hint, hotkey=key)
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
        number = {**common, "min": "0", "step": "1", "hotkey": _VALUE_HOTKEY}
        ET.SubElement(box, "Number", number)
    else:
        ET.SubElement(
            box,
            "TextArea",
            {
                **common,
                "rows": "1" if control is NEW_ENTRY else "2",
                "maxSubmissions": "1",
                "editable": "true",
                "showSubmitButton": "false",
            },
        )
