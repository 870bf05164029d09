"""Give a score without ever calling the objective.

Must: 0 points
At: 13_hyperparameter_search random_search
"""

def random_search(objective, space, n_trials, rng):
    return {name: bounds[0] for name, bounds in space.items()}, 0.0
