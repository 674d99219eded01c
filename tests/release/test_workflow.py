"""The workflow runs what a developer's machine runs, on every Python that the package names."""

import os
import re
import tomllib

import pytest
import yaml

VERSIONS = {"3.11", "3.12", "3.13", "3.14"}


@pytest.fixture(scope="module")
def flow(shipped):
    return yaml.safe_load((shipped / ".github/workflows/tests.yml").read_text("utf-8"))


def test_the_workflow_runs_everything_on_every_python(shipped, flow):
    project = tomllib.loads((shipped / "pyproject.toml").read_text("utf-8"))["project"]
    prefix = "Programming Language :: Python :: 3."
    named = {
        one.removeprefix(prefix[:-2])
        for one in project["classifiers"]
        if one.startswith(prefix) and one != prefix
    }
    assert flow["permissions"] == {"contents": "read"}
    assert {"push", "pull_request"} == set(flow[True])  # YAML 1.1 reads `on` as true
    for job in flow["jobs"].values():
        # Strings: 3.10 as a number would be 3.1.
        assert set(job["strategy"]["matrix"]["python"]) == named == VERSIONS
        uses = {step["uses"].split("@")[0]: step["with"] for step in job["steps"] if "uses" in step}
        assert uses["actions/setup-python"]["python-version"] == "${{ matrix.python }}"
    assert project["requires-python"] == ">=3.11"
    checkout, *_, everything = flow["jobs"]["everything"]["steps"]
    assert checkout["with"]["fetch-depth"] == 0  # with the tags
    assert everything["run"] == ".ci/run"
    assert os.access(shipped / ".ci/run", os.X_OK)


def test_the_core_is_tested_on_the_other_systems(shipped, flow):
    core = flow["jobs"]["core"]
    assert core["strategy"]["matrix"]["system"] == ["windows-latest", "macos-latest"]
    folders = re.findall(r"tests/\w+", core["steps"][-1]["run"])
    assert len(folders) > 3
    assert all((shipped / folder).is_dir() for folder in folders)


def test_every_action_is_pinned_by_commit_with_its_version(shipped):
    text = (shipped / ".github/workflows/tests.yml").read_text("utf-8")
    used = re.findall(r"uses: (.+)", text)
    assert used
    assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one) for one in used)
