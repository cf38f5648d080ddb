"""Several catalogues that answer as one (docs/language.md section 9).

What is another catalogue's begins with its name and a colon.
"""
