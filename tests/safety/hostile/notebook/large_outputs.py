"""Hand in 60 MB of pictures and widgets around a right answer.

Must: full points
"""

import json


def hand_in(notebook, path):
    picture = {"output_type": "display_data", "metadata": {}, "data": {"image/png": "A" * 30_000_000}}
    widgets = {str(i): {"model_module": "x" * 80, "state": {"a": {}}} for i in range(200_000)}
    code = next(cell for cell in notebook.cells if cell.cell_type == "code")
    code.outputs = [picture]
    path.write_text(json.dumps({**notebook, "metadata": {"widgets": widgets}}))
