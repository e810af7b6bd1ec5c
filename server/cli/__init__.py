"""The command line: `python -m server`. Each command is one file; heavy imports wait until a command needs them."""
