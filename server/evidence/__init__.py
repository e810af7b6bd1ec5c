"""Facts without opinion, read from a mail, from look-ups and from the company's lists."""
