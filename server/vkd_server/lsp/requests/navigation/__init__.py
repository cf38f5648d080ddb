"""Where things are: definitions, uses, symbols, links; which lines answer which."""
