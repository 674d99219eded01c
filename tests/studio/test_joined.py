"""Two readings in one: what only the second has refers to the records of the first."""

from __future__ import annotations

import json

import warclaims
from warclaims.studio.compare import compared_task


def test_other_readings_refer_to_the_records_that_are_shown(mini):
    gold = json.loads((mini / "annotations" / "gold" / "one.json").read_bytes())
    (mini / "annotations" / "gold" / "one.json").unlink()
    (mini / "annotations" / "passes" / "a" / "one.json").unlink()
    first, second = gold["casualties"]
    added = {
        **second,
        "id": "c8",
        "span": [{"start": 106, "end": 110, "text": "Dorn"}],
        "subset_of": [],
        "alternatives": [{"subset_of": ["c7"], "perpetrator": "a2"}],
        "note": "or part of those",
    }
    for name, casualties in (
        ("anna", [first, second]),
        ("boris", [{**first, "id": "c7"}, {**second, "subset_of": ["c7"]}, added]),
    ):
        folder = mini / "annotations" / "passes" / name
        folder.mkdir()
        plain = {**gold, "annotator": "a", "casualties": casualties}
        (folder / "one.json").write_text(json.dumps(plain, ensure_ascii=False))
    made = compared_task(warclaims.open(mini), ("anna", "boris"), "a", "one")
    (shown,) = (p["result"] for p in made["predictions"] if p["model_version"] == "anna + boris")
    (words,) = (
        item["value"]["text"]
        for item in shown
        if item.get("from_name") == "alternatives" and item["id"] == "R-casualty-1-c8-boris"
    )
    assert words == ["subset_of: c1; perpetrator: a2"]
