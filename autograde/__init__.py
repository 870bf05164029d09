"""The instructor's side: build lessons, test their tests, grade a class."""

import sys

# jsonschema, which nbformat imports, builds forty grammars of addresses from this: 1.5 of the 1.7 seconds
# that importing it takes, in every command and process. No schema of a notebook has such an address.
sys.modules.setdefault("rfc3987_syntax", None)  # pyright: ignore[reportArgumentType]
