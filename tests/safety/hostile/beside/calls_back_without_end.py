"""Call the objective until somebody stops it.

Must: 0 points
At: 13_hyperparameter_search random_search
"""

def random_search(objective, space, n_trials, rng):
    while True:
        objective({name: rng.uniform(*bounds[:2]) for name, bounds in space.items()})
