"""Write into the system's temporary folder, where it would stay.

Must: refused
"""

open("/tmp/hostile-file", "w").write("I was here")
print("it worked")
