"""Send the answer to a server by TCP over IPv6.

Must: refused
"""

import socket

socket.create_connection(("::1", TCP_PORT), timeout=2).sendall(b"ipv6")
print("it worked")
