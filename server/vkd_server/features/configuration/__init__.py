"""What an editor is told in a `vkd.toml` (docs/language.md section 9)."""
