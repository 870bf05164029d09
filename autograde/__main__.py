"""Run the command line as `python -m autograde`."""

from autograde.cli import app

app()
