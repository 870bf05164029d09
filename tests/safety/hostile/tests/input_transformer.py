"""Replace the text of every cell by nothing.

Must: 0 points
"""

get_ipython().input_transformers_cleanup.append(lambda lines: [])
get_ipython().input_transformers_post.append(lambda lines: [])
