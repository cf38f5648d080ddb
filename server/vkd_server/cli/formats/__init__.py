"""The output formats of `vkd check`, one module each with `render(report)`, which answers all that is printed.

Each says in its own way what a terminal would obey.
"""
