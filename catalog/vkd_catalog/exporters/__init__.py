"""Exporters: a catalogue's vocabularies in the forms other tools read."""
