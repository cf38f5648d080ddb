"""What can be written at a place: words, codes, keys, times, whole lines."""
