"""Archives and revisions opened: just the corpus, whole; broken and hostile ones are refused."""

import gzip
import io
import stat
import subprocess
import sys
import tarfile
import tempfile
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
def test_what_leads_elsewhere_is_refused(cli, mini, tmp_path, monkeypatch, extra, said, name):  # noqa: PLR0917
    inside, data = extra
    (tmp_path / "deep" / "temporary").mkdir(parents=True)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "deep" / "temporary"))
    files = [*files_of(mini)]
    if name == "a.tar":
        made = tar(tmp_path / name, [*files, extra], "w")
    else:
        inside = linked(inside.name) if isinstance(inside, tarfile.TarInfo) else inside
        made = zipped(tmp_path / name, [*files, (inside, data)])
    before = set(tmp_path.rglob("*"))
    run = cli("--corpus", mini, "diff", made, mini)
    assert run.returncode == 2
    assert said in run.stderr
    assert run.stderr.startswith(f"error: {made}")
    assert "Traceback" not in run.stderr
    assert set(tmp_path.rglob("*")) == before


def test_links_elsewhere_in_an_archive_are_no_matter(mini, tmp_path):
    made = tar(tmp_path / "a.tar", [*files_of(mini), (link("docs/x", "/etc"), b"")], "w")
    with open_version(str(made), tmp_path) as corpus:
        assert dict(files_of(corpus.root)) == dict(files_of(mini))


@pytest.mark.parametrize("name", ["a.tgz", "a.whl"])
def test_more_than_the_limit_is_refused(mini, tmp_path, monkeypatch, name):
    monkeypatch.setattr(archives, "LIMIT", 8 << 20)
    big = ("seeds/big.txt", bytes(archives.LIMIT))
    make = zipped if name.endswith("whl") else tar
    made = make(tmp_path / name, [*files_of(mini), big])
    with (
        pytest.raises(WarclaimsError, match="more than 8 MiB"),
        open_version(str(made), tmp_path),
    ):
        pass


def test_an_archive_without_a_corpus(cli, mini, tmp_path):
    made = zipped(tmp_path / "a.whl", [("seeds/other.json", b""), ("annotations/x", b"")])
    run = cli("--corpus", mini, "diff", made, mini)
    assert run.returncode == 2
    assert "has no corpus" in run.stderr


def test_a_link_in_a_revision_is_refused(cli, mini):
    (mini / "seeds" / "link.txt").symlink_to("/etc/hostname")
    git = ["git", "-C", str(mini), "-c", "user.name=t", "-c", "user.email=t@example.org"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "as it was"]):
        subprocess.run([*git, *command], check=True)
    run = cli("--corpus", mini, "diff", "HEAD", mini)
    assert run.returncode == 2
    assert run.stderr.startswith("error: revision HEAD holds seeds/link.txt, which is a link")


def header(size: int, kind: bytes = tarfile.REGTYPE, name: str = "x") -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.type = size, kind
    return info.tobuf(tarfile.GNU_FORMAT)


def entries(count: int) -> bytes:
    """A zip of nothing but a list of entries, made by hand."""
    listed = b"".join(
        b"PK\x01\x02" + bytes(24) + len(f"{n}").to_bytes(2, "little") + bytes(16) + f"{n}".encode()
        for n in range(count)
    )
    end = (
        b"PK\x05\x06"
        + bytes(4)
        + min(count, 65535).to_bytes(2, "little") * 2
        + len(listed).to_bytes(4, "little")
        + bytes(6)
    )
    return listed + end


def inflated(path: Path, files, says: int) -> Path:
    """A zip whose last member says that it is ``says`` bytes, where it is much more."""
    zipped(path, [*files, ("seeds/big.txt", bytes(200 << 20))])
    data = path.read_bytes()
    size = (200 << 20).to_bytes(4, "little")
    path.write_bytes(data.replace(size, says.to_bytes(4, "little")))
    return path


BOMBS = {
    "many members.tgz": lambda path, files: path.write_bytes(gzip.compress(header(0) * 50_010)),
    "a large header.tgz": lambda path, files: path.write_bytes(
        gzip.compress(header(500 << 20, tarfile.XHDTYPE) + bytes(40 << 20))
    ),
    "a long name.tgz": lambda path, files: path.write_bytes(
        gzip.compress(header(300 << 20, tarfile.GNUTYPE_LONGNAME) + b"a/" * (20 << 20))
    ),
    "much content.tgz": lambda path, files: path.write_bytes(
        gzip.compress(header(3 << 30, name="docs/x") + bytes(40 << 20))
    ),
    "many parts.tar": lambda path, files: tar(path, [*files, ("a/" * 100_000, b"")], "w"),
    "many entries.zip": lambda path, files: path.write_bytes(entries(200_000)),
    "more than it says.zip": lambda path, files: inflated(path, files, 5),
    "large.zip": lambda path, files: zipped(path, [*files, ("seeds/big.txt", bytes(70 << 20))]),
}

RUN = """
import resource, subprocess, sys
done = subprocess.run([sys.executable, "-m", "warclaims", *sys.argv[1:]], capture_output=True)
print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
print(done.stderr.decode())
"""


@pytest.mark.parametrize("name", BOMBS)
def test_an_archive_made_to_fill_the_memory_is_refused(mini, tmp_path, name):
    path = tmp_path / name
    BOMBS[name](path, list(files_of(mini)))
    command = [sys.executable, "-c", RUN, "--corpus", str(mini), "diff", str(path), str(mini)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    status, peak = map(int, run.stdout.splitlines()[0].split())
    assert status == 2
    assert run.stdout.splitlines()[1].startswith(f"error: {path}")
    assert "Traceback" not in run.stdout
    assert peak < 300


def test_an_archive_compressed_in_another_way_is_refused(mini, tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_BZIP2) as archive:
        for name, data in files_of(mini):
            archive.writestr(name, data)
    with (
        pytest.raises(WarclaimsError, match="compressed in a way that is not supported"),
        open_version(str(path), tmp_path),
    ):
        pass
