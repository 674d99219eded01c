"""Validate the shards of a corpus."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from warclaims.corpus.shards.reading import UnreadableBundles, open_stream
from warclaims.errors import InvalidFile
from warclaims.findings import Finding
from warclaims.layout import GOLD
from warclaims.validation.bundles.run import BundleRun, check_stream, read_known
from warclaims.validation.not_applied import Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from warclaims.corpus import Corpus
    from warclaims.validation.bundles.run import BundleProgress
    from warclaims.validation.not_applied import Omissions


def shard_findings(
    corpus: Corpus,
    omissions: Omissions,
    *,
    processes: int | None,
    watch: Callable[[str, BundleProgress], None],
) -> Iterator[Finding]:
    """The findings in all shards of a corpus, in their order, as of any file of bundles.

    A document may be in several sets, but only once in each. In passes only errors are reported.
    ``watch`` gets the name of a shard and the progress in it. A shard that cannot be read is a
    finding; the others are checked.
    """
    known, _ = read_known(corpus)
    try:
        sets = corpus.storage.shards
    except InvalidFile as error:
        yield from error.findings
        return
    for set_name, shards in sets.items():
        run = BundleRun()
        for shard in shards:
            if set_name != GOLD:
                omissions.note(Reason.PASS)
            look = partial(watch, shard.name)
            try:
                with shard.local() as path, open_stream(path, shard.name) as stream:
                    found = check_stream(stream, known, omissions, processes, watch=look, run=run)
                    yield from (f for f in found if set_name == GOLD or not f.is_warning)
            except InvalidFile as error:
                yield from error.findings
            except UnreadableBundles as error:
                yield Finding(shard.name, "", error.code, error.message)
