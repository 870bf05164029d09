"""Wait for connections.

Must: refused
"""

import socket

server = socket.create_server(("127.0.0.1", 0))
print("it worked")
