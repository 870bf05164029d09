"""Never end, inside one operation in which Python cannot be interrupted.

Must: stopped
"""

9 ** (9**9)
