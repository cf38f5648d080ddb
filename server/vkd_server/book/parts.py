"""The parts of a book in their order; each is called `book.part-NAME`."""

PARTS_OF_BOOK = ("keywords", "sets", "names", "times", "timeline", "matrix", "completeness", "demands")
