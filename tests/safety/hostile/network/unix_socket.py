"""Talk to a program of this machine through a socket with a name, as Docker's is.

Must: refused
"""

import socket

connection = socket.socket(socket.AF_UNIX)
connection.connect(UNIX_SOCKET)
connection.sendall(b"unix")
print("it worked")
