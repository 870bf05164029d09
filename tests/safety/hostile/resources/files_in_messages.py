"""Hide open files in messages to oneself.

Must: refused
"""

import socket

here, there = socket.socketpair()
file = open("file", "wb")
socket.send_fds(here, [b"x"], [file.fileno()])
print("it worked")
