"""Read the list of users.

Must: refused
"""

print("it worked", open("/etc/passwd").read())
