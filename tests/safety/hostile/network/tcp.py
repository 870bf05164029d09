"""Send the answer to a server by TCP.

Must: refused
"""

import socket

socket.create_connection(("127.0.0.1", TCP_PORT), timeout=2).sendall(b"tcp")
print("it worked")
