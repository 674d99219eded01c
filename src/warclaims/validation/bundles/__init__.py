"""Validate bundles: any number of annotated documents, in files and streams.

:mod:`.inputs` sorts the paths given to ``validate``; :mod:`.reading` reads a file or stream piece
by piece; :mod:`.run` checks the bundles in it, in this process or in several; :mod:`.check` checks
one bundle. The limits are in :mod:`warclaims.files.limits`.
"""

from warclaims.validation.bundles.check import check_bundle
from warclaims.validation.bundles.run import BundleProgress, BundleRun, validate_bundles

__all__ = ["BundleProgress", "BundleRun", "check_bundle", "validate_bundles"]
