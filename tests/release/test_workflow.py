"""The workflow runs what a developer's machine runs, on every Python that the package names."""

import os
import tomllib

import yaml


def test_the_workflow_runs_everything_on_every_python(shipped):
    flow = yaml.safe_load((shipped / ".github/workflows/tests.yml").read_text("utf-8"))
    project = tomllib.loads((shipped / "pyproject.toml").read_text("utf-8"))["project"]
    prefix = "Programming Language :: Python :: 3."
    named = {
        one.removeprefix(prefix[:-2])
        for one in project["classifiers"]
        if one.startswith(prefix) and one != prefix
    }
    assert flow["permissions"] == {"contents": "read"}
    assert {"push", "pull_request"} == set(flow[True])  # YAML 1.1 reads `on` as true
    (job,) = flow["jobs"].values()
    # Strings: 3.10 as a number would be 3.1.
    assert set(job["strategy"]["matrix"]["python"]) == named == {"3.11", "3.12", "3.13"}
    assert project["requires-python"] == ">=3.11"
    uses = {step["uses"].split("@")[0]: step["with"] for step in job["steps"] if "uses" in step}
    assert uses["actions/checkout"]["fetch-depth"] == 0  # with the tags
    assert uses["actions/setup-python"]["python-version"] == "${{ matrix.python }}"
    assert job["steps"][-1]["run"] == ".ci/run"
    assert os.access(shipped / ".ci/run", os.X_OK)
