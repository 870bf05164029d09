"""Have IPython handle every exception, so that none is seen.

Must: 0 points
"""

get_ipython().set_custom_exc((BaseException,), lambda *args, **kwargs: None)
