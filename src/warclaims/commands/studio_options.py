"""Options that ``warclaims studio push`` and ``pull`` share."""

from __future__ import annotations

import click

from warclaims.commands.options import set_option

url_option = click.option(
    "--url",
    metavar="URL",
    help="A server other than the local one; its key is taken from LABEL_STUDIO_API_KEY.",
)
work_set_option = set_option("Annotation set to work on.")
project_option = click.option(
    "--project",
    "title",
    metavar="TITLE",
    help="Project on the server. Default: named after the folder of the corpus, and the set.",
)
compare_option = click.option(
    "--compare",
    "compared",
    nargs=2,
    metavar="A B",
    help="Two annotation sets to decide between; decisions go to --set.",
)
dry_run_option = click.option("--dry-run", is_flag=True, help="Only show what would happen.")
