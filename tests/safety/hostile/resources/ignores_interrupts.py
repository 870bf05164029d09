"""Never end, and take no notice of interrupts.

Must: stopped
"""

while True:
    try:
        while True:
            pass
    except KeyboardInterrupt:
        pass
