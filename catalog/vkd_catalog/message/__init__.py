"""The reference message (1972 p.16-17): an answer put into words, or into the JSON that programs read."""
