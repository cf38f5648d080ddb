"""What an editor is told in a vocabulary's CSV file (docs/language.md section 4)."""
