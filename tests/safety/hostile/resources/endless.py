"""Never end.

Must: stopped
"""

while True:
    pass
