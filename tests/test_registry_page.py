"""The page of the package in a registry: no front matter, and nothing that does not load there."""

import re
import runpy

import pytest

MADE_UP = "https://example.org/made-up"


@pytest.fixture(params=[None, MADE_UP], ids=["no repository", "repository"])
def shown(request, shipped):
    page = (shipped / "README.md").read_text("utf-8")
    description = runpy.run_path(str(shipped / "hatch_build.py"))["description"]
    return request.param, description(page, request.param, "1.2.3")


def test_it_begins_with_the_name_and_has_no_comments(shown):
    _, text = shown
    assert text.startswith("# WarClaims\n")
    assert "<!--" not in text
    assert "config_name" not in text
    assert "\n\n\n" not in text


def test_links_and_pictures_lead_to_the_version_or_are_words(shown):
    repository, text = shown
    targets = re.findall(r"\]\(([^)]+)\)", text)
    assert all(target.startswith("https://") for target in targets)
    if repository is None:
        assert "![" not in text
        assert "All pages · what changed · how to contribute" in text
    else:
        assert f"]({MADE_UP}/raw/v1.2.3/docs/report.png)" in text
        assert f"]({MADE_UP}/blob/v1.2.3/docs/README.md)" in text


def test_the_renderer_of_registries_shows_it(shown):
    markdown = pytest.importorskip("readme_renderer.markdown")
    repository, text = shown
    html = markdown.render(text)
    assert html is not None
    assert "<table>" in html
    assert ("<img" in html) == (repository is not None)
    assert "warclaims compare" in re.sub(r"<[^>]+>", "", html)
