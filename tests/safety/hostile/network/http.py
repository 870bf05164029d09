"""Get a page.

Must: refused
"""

from urllib.request import urlopen

print("it worked", urlopen(f"http://127.0.0.1:{TCP_PORT}/", timeout=2).read())
