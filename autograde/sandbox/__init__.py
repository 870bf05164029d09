"""What runs in the untrusted process. It imports nothing from the rest of `autograde`."""
