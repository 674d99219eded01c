"""Archives and revisions opened: just the corpus, whole; broken and hostile ones are refused."""

import io
import stat
import subprocess
import tarfile
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

import warclaims
from warclaims import WarclaimsError
from warclaims.versions import archives, compare, open_version


def files_of(root: Path):
    for folder in ("seeds", "annotations"):
        for path in sorted((root / folder).rglob("*")):
            if path.is_file():
                yield path.relative_to(root).as_posix(), path.read_bytes()


def tar(path: Path, files, mode="w:gz") -> Path:
    with tarfile.open(path, mode) as archive:
        for name, data in files:
            info = name if isinstance(name, tarfile.TarInfo) else tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


def zipped(path: Path, files) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return path


def link(name: str, to: str) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = tarfile.SYMTYPE, to
    return info


def linked(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize(
    ("name", "prefix"),
    [
        ("a.tar.gz", "warclaims-0.1.0/"),
        ("a.tgz", "./"),
        ("a.tar", ""),
        ("a.whl", "warclaims/data/"),
        ("a.zip", "x/y/"),
    ],
)
def test_every_kind_of_archive(mini, tmp_path, name, prefix):
    files = [(prefix + inside, data) for inside, data in files_of(mini)]
    # Another corpus deeper inside, as in the tests of a source archive, and what is no part of it.
    files += [(f"{prefix}tests/{inside}", b"{}") for inside, _ in files_of(mini)]
    files += [(f"{prefix}src/seeds.py", b"")]
    path = tmp_path / name
    made = zipped(path, files) if name.endswith(("whl", "zip")) else tar(path, files, mode(name))
    with open_version(str(made), tmp_path) as corpus:
        assert dict(files_of(corpus.root)) == dict(files_of(mini))
        assert {path.name for path in corpus.root.iterdir()} == {"seeds", "annotations"}
        assert compare(corpus, warclaims.open(mini)).changes == ()


def mode(name: str) -> str:
    return "w" if name.endswith(".tar") else "w:gz"


@pytest.mark.parametrize("name", ["a.tar.gz", "a.tar", "a.whl"])
def test_archives_that_break_off_or_are_corrupt(mini, tmp_path, name):
    # At every part of the file, also just between two members of a tar.
    files = list(files_of(mini))
    whole = tmp_path / name
    made = zipped(whole, files) if name.endswith("whl") else tar(whole, files, mode(name))
    data = made.read_bytes()
    end = len(data) if name != "a.tar" else len(data.rstrip(b"\0"))
    cuts = {0, 1, 100, *range(512, end, max(512, end // 40 // 512 * 512))}
    for cut in sorted(cuts):
        made.write_bytes(data[:cut])
        with pytest.raises(WarclaimsError, match=name), open_version(str(made), tmp_path):
            pass
    for place in range(0, end, max(1, end // 40)):
        made.write_bytes(data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :])
        # A plain tar has no sum of its contents; all that matters is how it fails, if it does.
        with suppress(WarclaimsError), open_version(str(made), tmp_path) as corpus:
            assert corpus.root.exists()


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        ((link("seeds/link.txt", "/etc/passwd"), b""), "which is a link"),
        ((link("annotations/gold", "/tmp"), b""), "which is a link"),
        (("seeds/../../outside.txt", b"x"), "leads out of its folder"),
        (("annotations/C:\\outside", b"x"), "leads out of its folder"),
        (("seeds/index.json", b"{}"), "twice"),
        (("seeds/index.json/more", b"{}"), "cannot be unpacked"),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", ["a.tar", "a.whl"])
def test_what_leads_elsewhere_is_refused(cli, mini, tmp_path, extra, said, name):  # noqa: PLR0917
    inside, data = extra
    files = [*files_of(mini)]
    if name == "a.tar":
        made = tar(tmp_path / name, [*files, extra], "w")
    else:
        inside = linked(inside.name) if isinstance(inside, tarfile.TarInfo) else inside
        made = zipped(tmp_path / name, [*files, (inside, data)])
    before = {path for path in tmp_path.parent.rglob("*") if "pytest" not in path.name}
    run = cli("--corpus", mini, "diff", made, mini)
    assert run.returncode == 2
    assert said in run.stderr
    assert run.stderr.startswith(f"error: {made}")
    assert "Traceback" not in run.stderr
    assert {path for path in tmp_path.parent.rglob("*") if "pytest" not in path.name} == before


def test_links_elsewhere_in_an_archive_are_no_matter(mini, tmp_path):
    made = tar(tmp_path / "a.tar", [*files_of(mini), (link("docs/x", "/etc"), b"")], "w")
    with open_version(str(made), tmp_path) as corpus:
        assert dict(files_of(corpus.root)) == dict(files_of(mini))


@pytest.mark.parametrize("name", ["a.tgz", "a.whl"])
def test_more_than_the_limit_is_refused_before_anything_is_written(mini, tmp_path, name):
    big = ("seeds/big.txt", bytes(archives.LIMIT))
    make = zipped if name.endswith("whl") else tar
    made = make(tmp_path / name, [*files_of(mini), big])
    assert made.stat().st_size < 2 << 20
    with (
        pytest.raises(WarclaimsError, match="more than 256 MiB"),
        open_version(str(made), tmp_path),
    ):
        pass


def test_an_archive_without_a_corpus(cli, mini, tmp_path):
    made = zipped(tmp_path / "a.whl", [("seeds/other.json", b""), ("annotations/x", b"")])
    run = cli("--corpus", mini, "diff", made, mini)
    assert run.returncode == 2
    assert "holds no corpus" in run.stderr


def test_a_link_in_a_revision_is_refused(cli, mini):
    (mini / "seeds" / "link.txt").symlink_to("/etc/hostname")
    git = ["git", "-C", str(mini), "-c", "user.name=t", "-c", "user.email=t@example.org"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "as it was"]):
        subprocess.run([*git, *command], check=True)
    run = cli("--corpus", mini, "diff", "HEAD", mini)
    assert run.returncode == 2
    assert run.stderr.startswith("error: revision HEAD holds seeds/link.txt, which is a link")
