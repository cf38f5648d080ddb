"""The engines a register can be kept in. Each keeps the `Register` protocol; `[register] engine` chooses."""
