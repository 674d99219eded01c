"""The page of the package in a registry: README.md without front matter, with links that work there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)
LINK = re.compile(r"(?P<image>!?)\[(?P<words>[^\]]*)\]\((?P<target>[^):]+)\)")


class Description(MetadataHookInterface):
    """Gives the package its description."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Add the description to the metadata of the package."""
        root = Path(self.root)
        corpus = tomllib.loads((root / "corpus.toml").read_text("utf-8"))
        page = (root / "README.md").read_text("utf-8").replace("\r\n", "\n")
        metadata["readme"] = {
            "content-type": "text/markdown",
            "text": description(page, corpus.get("repository"), corpus["version"]),
        }


def description(page: str, repository: str | None, version: str) -> str:
    """The page as a registry shows it.

    A registry has the page alone: links and pictures lead to the repository at this version.
    Without a repository there is nothing to lead to, so links are words and pictures are left out.
    """

    def absolute(link: re.Match[str]) -> str:
        if repository is None:
            return "" if link["image"] else link["words"]
        kind = "raw" if link["image"] else "blob"
        address = f"{repository.rstrip('/')}/{kind}/v{version}/{link['target']}"
        return f"{link['image']}[{link['words']}]({address})"

    body = COMMENT.sub("", FRONT_MATTER.sub("", page, count=1))
    return re.sub(r"\n{3,}", "\n\n", LINK.sub(absolute, body)).strip() + "\n"
