"""How completely things are described, as people read it: text, Markdown, a badge and a plot."""
