"""Read, and so perhaps change, the own memory as a file.

Must: refused
"""

print("it worked", open("/proc/self/mem", "rb").read(1))
