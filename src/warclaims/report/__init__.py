"""A static site of a corpus: its claims by event, its texts with their annotations.

``pages`` has one module per kind of page, ``plots`` the figures, ``templates`` the HTML. Pages need
no network and no script.
"""

from warclaims.report.writing import write_report

__all__ = ["write_report"]
