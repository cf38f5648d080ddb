"""What a catalogue costs as it grows: demands beside SQL written by hand, whole processes, an editor's server, the
page, interest profiles."""
