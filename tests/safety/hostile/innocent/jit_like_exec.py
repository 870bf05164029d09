"""Write code with code.

Must: full points
"""

source = "def half(x):\n    return x / 2\n"
exec(compile(source, "<generated>", "exec"))
print(half(3), eval("half(4)"))
