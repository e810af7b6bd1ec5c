"""The rulebook: reads shared_rules/, checks it, compiles it, and finds its phrases in a mail."""
