"""Hand the objective 100 MB of lists.

Must: 0 points
At: 13_hyperparameter_search random_search
"""

def random_search(objective, space, n_trials, rng):
    objective({"rate": [[0.0] * 1000 for _ in range(100_000)]})
    return {}, 0.0
