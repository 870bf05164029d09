"""Take each `assert` and each call out of what IPython runs.

Must: 0 points
"""

import ast

class Remove(ast.NodeTransformer):
    def visit_Expr(self, node):
        return ast.Pass()

    def visit_Assert(self, node):
        return ast.Pass()

get_ipython().ast_transformers.append(Remove())
