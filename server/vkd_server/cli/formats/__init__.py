"""The output formats of `vkd check`, one module each with `render(report)`, which returns all that is printed.

Each escapes, in its own way, the characters that a terminal would obey.
"""
