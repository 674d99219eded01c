"""Generated bundles, what breaks them, and how fast they are checked."""
