"""The edition without texts, and the way back to a text that a user has.

``words`` finds words and their fingerprints, ``masking`` leaves the words of the texts out of notes
and evidence, ``edition`` writes the whole and ``manifest`` says what it says of itself,
``alignment`` finds the words again in another copy of a text, ``anchors`` carries offsets over to
it, ``moving`` annotations, ``restoring`` puts everything back. The reasons are in
``docs/textfree.md``.
"""
