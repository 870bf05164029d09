"""Send the answer to a server by UDP, to which nobody need answer.

Must: refused
"""

import socket

socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"udp", ("127.0.0.1", UDP_PORT))
print("it worked")
