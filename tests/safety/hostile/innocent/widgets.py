"""Show a widget.

Must: full points
"""

import ipywidgets
from IPython.display import HTML, Markdown, clear_output, display

display(ipywidgets.IntSlider(), HTML("<b>bold</b>"), Markdown("*text*"))
clear_output(wait=True)
ipywidgets.interact(lambda x: x, x=(0, 5))
