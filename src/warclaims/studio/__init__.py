"""Annotate with a Label Studio server on this machine or elsewhere.

:mod:`.install` and :mod:`.server` run a server on this machine, in the folder of :mod:`.home`;
:mod:`.connection` connects to it or to another server. :mod:`.push` sends documents, :mod:`.pull`
merges the work on them into the corpus with :mod:`warclaims.labelstudio`, and :mod:`.ledger` keeps
the base of the next merge.
"""
