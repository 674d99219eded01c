"""Bundles in several files and in typed tables: nothing is lost, and an interruption costs one."""

from __future__ import annotations

import errno
import json

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings

import warclaims
from strategies import bundles
from warclaims.corpus import Corpus
from warclaims.corpus.shards.shard import Shard
from warclaims.corpus.reading import parse
from warclaims.formats.bundles import writing
from warclaims.formats.bundles.writing import bundle_line, export_file
from warclaims.records import Bundle


def read_back(path):
    return [parse(data, Bundle, str(path)) for _, data in Shard(path.name, path).rows()]


@given(bundles())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_every_bundle_comes_back_from_a_typed_table(tmp_path, bundle):
    path = tmp_path / "one.parquet"
    export_file([bundle], None, path)
    assert read_back(path) == [bundle]
