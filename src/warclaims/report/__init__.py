"""A static site of a corpus: its claims event by event, its texts with their annotations.

``site`` writes pages, ``spool`` keeps claims on disk until the page of their event is written,
``pages`` has one module a kind of page, ``plots`` the figures on them, ``templates`` the HTML. No
page needs a network or a script.
"""

from warclaims.report.writing import write_report

__all__ = ["write_report"]
