"""Documents that are opened, changed, saved and closed, other changes that a client tells of, and diagnostics."""
