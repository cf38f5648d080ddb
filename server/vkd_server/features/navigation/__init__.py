"""Where things are: what a place names, where that is defined and used, and how a document is laid out."""
