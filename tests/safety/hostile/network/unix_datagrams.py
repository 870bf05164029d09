"""Turn a pair of sockets, which event loops need, into one that sends to any name.

Must: refused
"""

import socket

pair = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
pair[0].sendto(b"datagram", UNIX_SOCKET)
print("it worked")
