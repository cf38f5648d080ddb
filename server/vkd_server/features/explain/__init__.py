"""What things mean: hover, hints, colours, concepts, rules, and the state of the server."""
