"""Bundles: annotated documents by the thousand, in files and streams of any kind.

:mod:`.sources` opens what was given, :mod:`.compression` and :mod:`.blocks` read it piece by piece,
:mod:`.jobs` are the work in pieces, done here or by the processes of :mod:`.pool`; :mod:`.check` is
what is asked of one bundle. What is too much to be read stands in :mod:`warclaims.files.limits`.
"""

from warclaims.validation.bundles.check import check_bundle
from warclaims.validation.bundles.run import Advance, Session, validate_bundles

__all__ = ["Advance", "Session", "check_bundle", "validate_bundles"]
