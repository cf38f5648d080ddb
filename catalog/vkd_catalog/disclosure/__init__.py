"""What may leave the machine of data on single units: the rules that a catalogue states, and what they do to a table
(docs/language.md section 12)."""
