"""Talk to the kernel's own sockets.

Must: refused
"""

import socket

socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)
print("it worked")
