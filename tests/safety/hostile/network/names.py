"""Put the answer into a name and ask for its address: name servers pass it on.

Must: refused
"""

import socket

socket.getaddrinfo("answer.example.org", 80)
print("it worked")
