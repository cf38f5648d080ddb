"""What an editor or the command line can ask for: one module a feature, each a pure function over a `Snapshot`.

Nothing is imported here, so that a command pays for the features it uses and for no others.
"""
