"""Read the environment with which the own process was started.

Must: refused
"""

print("it worked", open("/proc/self/environ").read())
