"""The wheel and the sdist hold the data; an unpacked wheel works offline from any directory."""

import os
import subprocess
import sys
import tarfile
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest

import warclaims
from conftest import FIXTURES

pytestmark = pytest.mark.xdist_group("packaging")  # one process builds the distributions

DATA = (
    "corpus.toml",
    "seeds/index.json",
    "annotations/gold/000.json",
    "annotations/registry/actors.json",
    *(f"schema/v{version}/annotations.schema.json" for version in (1, 2)),
    "schema/v2/lists.schema.json",
    "corpus/claims.parquet",
    "corpus/croissant.json",
    "corpus/manifest.json",
)


@pytest.fixture(scope="module")
def distributions(shipped, tmp_path_factory):
    out = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(shipped)],
        check=True,
        capture_output=True,
        text=True,
    )
    (wheel,) = out.glob("*.whl")
    (sdist,) = out.glob("*.tar.gz")
    return wheel, sdist


def test_both_hold_the_data_and_nothing_private(distributions):
    wheel, sdist = distributions
    in_wheel = set(zipfile.ZipFile(wheel).namelist())
    with tarfile.open(sdist) as archive:
        in_sdist = {name.split("/", 1)[-1] for name in archive.getnames()}
    for name in DATA:
        assert f"warclaims/data/{name}" in in_wheel
        assert name in in_sdist
    assert "warclaims/studio/requirements-studio.txt" in in_wheel
    assert not [name for name in in_wheel | in_sdist if ".venv" in name or "__pycache__" in name]


def test_the_wheel_states_the_declared_facts(distributions):
    with zipfile.ZipFile(distributions[0]) as wheel:
        name = next(n for n in wheel.namelist() if n.endswith(".dist-info/METADATA"))
        metadata = message_from_bytes(wheel.read(name))
    facts = warclaims.open().description
    assert metadata["Version"] == facts.version
    assert metadata["Summary"] == facts.summary
    assert metadata["License-Expression"] == facts.licences.expression
    assert metadata["Author"] == ", ".join(author.full for author in facts.authors)
    assert set(metadata["Keywords"].split(",")) == set(facts.keywords)


@pytest.fixture(scope="module")
def installed(distributions, tmp_path_factory):
    """Run Python with the unpacked wheel, offline, from another directory."""
    site = tmp_path_factory.mktemp("site")
    zipfile.ZipFile(distributions[0]).extractall(site)
    elsewhere = tmp_path_factory.mktemp("elsewhere")

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=elsewhere,
            env={**os.environ, "PYTHONPATH": str(site), "HF_HUB_OFFLINE": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    run.site = site
    return run


def test_the_wheel_works_offline_from_any_directory(installed):
    code = (
        "import warclaims\n"
        "assert warclaims.__file__.startswith(r'" + str(installed.site) + "')\n"
        "print(warclaims.open().root, warclaims.load('casualties').num_rows)\n"
        "from warclaims.commands import main\n"
        "main(['validate'])"
    )
    assert str(installed.site) in installed("-c", code)


def test_the_wheel_reads_files_of_older_formats(installed):
    for version in ("1.0", "1.1"):
        old = FIXTURES / f"schema-{version}"
        assert installed("-m", "warclaims", "--corpus", str(old), "validate", "--errors-only")


def test_the_wheel_begins_and_builds_a_corpus(installed):
    corpus = ("-m", "warclaims", "--corpus", "own")
    installed("-m", "warclaims", "new", "own")
    installed(*corpus, "build")
    installed(*corpus, "build", "--check")
    installed(*corpus, "validate", "--errors-only")


def test_a_wheel_that_is_not_installed_is_named_as_the_cause(tmp_path):
    wheel = tmp_path / "warclaims.whl"
    package = Path(warclaims.__file__).parent
    with zipfile.ZipFile(wheel, "w") as archive:
        for path in package.rglob("*.py"):
            archive.write(path, Path("warclaims") / path.relative_to(package))
    run = [sys.executable, "-m", "warclaims", "validate"]
    done = subprocess.run(
        run,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(wheel)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "Install it (pip install" in done.stderr
    assert "Traceback" not in done.stderr
