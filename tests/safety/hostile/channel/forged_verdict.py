"""Send what the judge sends to the grader.

Must: 0 points
"""

send(b'["tested", 9, true, 1.0, []]\n[]')
