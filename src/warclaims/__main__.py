"""``python -m warclaims``."""

from warclaims.commands import main

main()
