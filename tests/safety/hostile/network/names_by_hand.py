"""Ask a name server oneself, in one UDP packet.

Must: refused
"""

import socket
import struct

query = struct.pack("!6H", 1, 0x0100, 1, 0, 0, 0) + b"\x06answer\x07example\x03org\0" + struct.pack("!2H", 1, 1)
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(query, ("127.0.0.1", UDP_PORT))
print("it worked")
