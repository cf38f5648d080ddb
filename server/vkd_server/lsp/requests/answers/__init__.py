"""Demands and their answers: commands, lenses, messages, interest profiles."""
