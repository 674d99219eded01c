"""One module per kind of page; ``writing.PAGES`` lists them."""
