"""What an editor shows and offers in a vocabulary's CSV file (docs/language.md section 4)."""
