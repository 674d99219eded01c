"""Validate the shards of a corpus."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

from warclaims.errors import InvalidFile
from warclaims.layout import GOLD
from warclaims.validation.not_applied import Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from warclaims.corpus import Corpus
    from warclaims.findings import Finding
    from warclaims.validation.bundles.run import BundleProgress
    from warclaims.validation.not_applied import Omissions, Validation


def shard_findings(
    corpus: Corpus,
    omissions: Omissions,
    *,
    check: Callable[..., Validation],
    watch: Callable[[BundleProgress], None],
) -> Iterator[Finding]:
    """The findings in all shards of a corpus, set by set, as ``check`` finds them in files.

    ``check`` is called as :func:`.validate_bundles`. A document may be in several sets, but only
    once in each. In passes only errors are reported. A shard that cannot be read is a finding; the
    others are checked. ``watch`` gets the progress, with the number of bundles of all sets.
    """
    try:
        sets = corpus.storage.shards
    except InvalidFile as error:
        yield from error.findings
        return
    before = checked = 0

    def add(progress: BundleProgress) -> None:
        nonlocal checked
        checked = before + progress.bundles
        watch(replace(progress, bundles=checked))

    for set_name, shards in sets.items():
        files: dict[str, Path] = {}
        with ExitStack() as copies:
            for shard in shards:
                try:
                    files[shard.name] = copies.enter_context(shard.local())
                except InvalidFile as error:
                    yield from error.findings
                if set_name != GOLD:
                    omissions.note(Reason.PASS)
            validation = check(files.values(), corpus, names=files, watch=add)
            for finding in validation:
                is_shown = set_name == GOLD or not finding.is_warning
                if is_shown and finding.file in files:  # those of registries are reported already
                    yield finding
            omissions.update(validation.omissions)
        before = checked
