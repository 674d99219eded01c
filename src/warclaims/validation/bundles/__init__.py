"""Bundles: annotated documents by the thousand, in files and streams of any kind.

:mod:`.reading` opens and reads what was given, piece by piece; :mod:`.run` checks it, here or in
several processes; :mod:`.check` checks one bundle. The limits are in :mod:`warclaims.files.limits`.
"""

from warclaims.validation.bundles.check import check_bundle
from warclaims.validation.bundles.run import Advance, Session, validate_bundles

__all__ = ["Advance", "Session", "check_bundle", "validate_bundles"]
