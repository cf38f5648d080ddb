"""What an editor shows and offers in a documentation, and of documentations elsewhere (docs/language.md section 9)."""
