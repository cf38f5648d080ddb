"""Demands and their answers: running them, messages, why not, judgements, interest profiles."""
