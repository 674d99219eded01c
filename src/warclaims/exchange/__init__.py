"""Other formats, one module each; each says what it loses.

They take claims and events as plain rows, as ``corpus/claims.json`` and the registry files hold
them.
"""
