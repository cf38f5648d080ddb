"""Tables of figures as text for people, and as CSV, Parquet and JSON-stat for programs. Whichever it is, each figure
cites what it rests on, and the output says that no disclosure control was applied."""
