"""Ask for a signal to the parent with the calls of sockets and terminals.

Must: refused
"""

import fcntl
import os
import socket
import struct

here, there = socket.socketpair()
fcntl.ioctl(here, 0x8902, struct.pack("i", os.getppid()))  # SIOCSPGRP
fcntl.ioctl(here, 0x5452, struct.pack("i", 1))  # FIOASYNC
there.send(b"x")
print("it worked")
