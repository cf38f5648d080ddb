"""What things mean: hover, hints, colours, the catalogue and the server's status."""
