"""Call the objective from many threads at once.

Must: 0 points
At: 13_hyperparameter_search random_search
"""

import threading


def random_search(objective, space, n_trials, rng):
    for _ in range(20):
        params = {name: bounds[0] for name, bounds in space.items()}
        threading.Thread(target=objective, args=[params], daemon=True).start()
    return params, 0.0
