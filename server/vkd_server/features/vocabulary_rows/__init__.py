"""What an editor is told in a vocabulary's CSV file (LANGUAGE.md section 4)."""
