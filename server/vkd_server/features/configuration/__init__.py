"""What an editor is told in a `vkd.toml` (LANGUAGE.md section 9)."""
