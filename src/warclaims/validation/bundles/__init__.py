"""Validate bundles: any number of annotated documents, in files and streams.

:mod:`.inputs` sorts the paths given to ``validate``; :mod:`.reading` reads a file or stream piece
by piece; :mod:`.checking` checks the bundles of a part of it, and :mod:`.check` one of them;
:mod:`.engines` does so for all parts, in this process, in several or on Ray; :mod:`.kept` keeps
what was found; :mod:`.run` puts it together. The limits are in :mod:`warclaims.files.limits`.
"""

from warclaims.validation.bundles.check import check_bundle
from warclaims.validation.bundles.run import BundleProgress, validate_bundles

__all__ = ["BundleProgress", "check_bundle", "validate_bundles"]
