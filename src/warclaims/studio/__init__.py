"""Label Studio, live: a server on this machine or elsewhere, documents into it, the work back.

:mod:`.install` and :mod:`.server` keep a server of the user's own in the folder of :mod:`.home`;
:mod:`.connection` leads to it or to another one. :mod:`.push` sends what is missing, :mod:`.pull`
merges what comes back with :mod:`warclaims.labelstudio`; :mod:`.ledger` remembers the base of the
next merge.
"""
