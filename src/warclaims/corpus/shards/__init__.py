"""Documents in files of bundles: shards.

:mod:`.storage` is what a corpus reads its documents from, :mod:`.shard` finds and opens shards.
:mod:`.reading` reads a file or stream piece by piece, :mod:`.table` a Parquet table in another
process (:mod:`.table_process`), :mod:`.keys` only the id of a bundle.
"""
