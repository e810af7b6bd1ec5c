"""The HTTP side: one blueprint a file. Only this folder and `server/app.py` know Flask."""
