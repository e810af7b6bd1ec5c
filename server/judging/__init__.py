"""From evidence to a verdict. Pure: see README.md."""
