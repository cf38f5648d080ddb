"""The catalogue as a book: a static site that needs no server, and the same printed (1972 phases 1 and 2)."""
