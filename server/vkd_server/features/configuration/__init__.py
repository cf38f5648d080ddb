"""What an editor shows and offers in a `vkd.toml` (docs/language.md section 9)."""
