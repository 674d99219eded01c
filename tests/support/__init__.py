"""Generated bundles, and mistakes made in them and in corpora by chance."""
