"""Letters to customers, written from a verdict by templates."""
