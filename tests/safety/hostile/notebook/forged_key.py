"""Name the job of somebody else as the one that the grades come from.

Must: 0 points
"""

import nbformat


def hand_in(notebook, path):
    notebook.metadata["autograde_job"] = "0" * 64
    notebook.metadata["unreadable"] = ""
    notebook.metadata["kernelspec"] = {"name": "bash", "display_name": "Bash", "language": "bash"}
    notebook.metadata["language_info"] = {"name": "bash"}
    nbformat.write(notebook, path)
