"""Connect one of a pair of sockets, which event loops need, to something else.

Must: refused
"""

import socket

pair = socket.socketpair()
pair[0].connect(UNIX_SOCKET)
print("it worked")
