"""Hand the objective something that holds itself.

Must: 0 points
At: 13_hyperparameter_search random_search
"""

def random_search(objective, space, n_trials, rng):
    params = {}
    params["rate"] = params
    objective(params)
    return params, 0.0
