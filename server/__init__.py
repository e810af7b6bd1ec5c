"""Backtone's server: vets mails for fraud and credit danger, by rules, look-ups and the company's own lists."""
