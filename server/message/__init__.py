"""Reads what was given (a mail file, a request, a row of a file) into a Message."""
