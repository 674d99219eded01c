"""How fast documents are checked beside other programs, and what is found."""
