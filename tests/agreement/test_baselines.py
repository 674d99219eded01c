"""The page of baselines: what it scores, and what it keeps of an earlier page."""

import pytest

from benchmarks.baselines import POLNEAR, page
from warclaims.systems import NamedSystem

TEXT = "The mayor said that it rained. Nobody else spoke.\n"
ANNOTATIONS = """T1\tSource 0 9\tThe mayor
T2\tCue 10 14\tsaid
T3\tContent 15 29\tthat it rained
T4\tAttribution 10 14\tsaid
E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1
"""
OTHER = ANNOTATIONS.replace("Content 15 29\tthat it rained", "Content 20 29\tit rained")


def speech(texts, registries):
    """Finds ``The mayor said that …``, and nothing in other texts."""
    for one in texts:
        if not one.text.startswith("The mayor"):
            yield {}
            continue
        said = {"source": ["a"], "cue": [(10, 14)], "content": [(20, 29)]}
        yield {"actors": [{"id": "a", "span": [(0, 9)]}], "attributions": [said]}


SYSTEM = NamedSystem("made", "7", speech)


@pytest.fixture
def polnear(tmp_path):
    """A development set of two texts, of which two people annotated one."""
    folder = tmp_path / "data" / "dev"
    for name in ("attributions", "text"):
        (folder / name).mkdir(parents=True)
    for name in ("one", "two"):
        (folder / "text" / f"{name}.txt").write_text(TEXT, "utf-8")
        (folder / "attributions" / f"{name}_5fec.ann").write_text(ANNOTATIONS, "utf-8")
    (folder / "text" / "two.txt").write_text(f"{TEXT}The end.\n", "utf-8")
    (folder / "attributions" / "one_6b86.ann").write_text(OTHER, "utf-8")
    return tmp_path


def lines(text):
    rows = (line.split(" | ") for line in text.splitlines())
    return {(row[0].strip("| `"), row[1]): row[2:] for row in rows if len(row) > 5}


def test_the_page_scores_polnear_and_keeps_the_scores(polnear):
    made = page([SYSTEM], polnear)
    assert "## Held-out texts" in made
    assert "Systems: `made` 7." in made
    of_polnear = lines(made[made.index(POLNEAR) :])
    assert of_polnear["made", "sources"][:4] == ["2", "2", "1.000", "1.000"]
    assert of_polnear["made", "cues"][4].startswith("1.000")
    assert of_polnear["made", "contents"][4].startswith("0.000")
    assert of_polnear["made", "contents"][5].startswith("1.000")
    assert of_polnear["second person", "contents"][:2] == ["1", "1"]
    again = page([SYSTEM], None, old=made)
    assert again == made
    assert POLNEAR not in page([SYSTEM], None)


def test_a_folder_that_is_not_polnear_is_named(tmp_path):
    with pytest.raises(SystemExit, match="name a copy of PolNeAR"):
        page([SYSTEM], tmp_path)
