"""Open vocabularies and an open `vkd.toml`: their changes, and requests about them."""
