"""The server: rules, editor features, the protocol's rim and the command line."""

__version__ = "0.1.0"
