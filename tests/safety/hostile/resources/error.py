"""Fail with an error whose message is endless.

Must: full points
"""

raise ValueError("x" * 50_000_000)
