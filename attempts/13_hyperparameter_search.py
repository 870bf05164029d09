# %% accept grid: itertools.product
import itertools

def grid(space):
    return [dict(zip(space, values)) for values in itertools.product(*space.values())]

# %% accept grid: one name after another
def grid(space):
    combinations = [{}]
    for name, values in space.items():
        combinations = [{**chosen, name: value} for chosen in combinations for value in values]
    return combinations

# %% accept grid: recursion on the first name
def grid(space):
    if not space:
        return [{}]
    first, *rest = space
    tails = grid({name: space[name] for name in rest})
    return [{first: value} | tail for value in space[first] for tail in tails]

# %% accept grid: counting with divmod, a print on the way
import math

def grid(space):
    total = math.prod(len(values) for values in space.values())
    print(total, "combinations")
    result = []
    for number in range(total):
        chosen = {}
        for name in reversed(space):
            number, place = divmod(number, len(space[name]))
            chosen[name] = space[name][place]
        result.append(chosen)
    return result

# %% accept grid: np.ndindex for the places
def grid(space):
    names = list(space)
    return [
        {name: space[name][i] for name, i in zip(names, places)}
        for places in np.ndindex(*(len(space[name]) for name in names))
    ]

# %% reject grid: the first name varies fastest
# message: The first key varies fastest
import itertools

def grid(space):
    names = list(space)[::-1]
    return [dict(zip(names, v)) for v in itertools.product(*(space[name] for name in names))]

# %% reject grid: side by side
# message: Combine each with each
def grid(space):
    if not space:
        return [{}]
    return [dict(zip(space, values)) for values in zip(*space.values())]

# %% reject grid: zip also for no names
# message: Combine each with each
def grid(space):
    return [dict(zip(space, values)) for values in zip(*space.values())]

# %% reject grid: no combination for no names
# message: the empty one
import itertools

def grid(space):
    if not space:
        return []
    return [dict(zip(space, values)) for values in itertools.product(*space.values())]

# %% reject grid: scikit-learn's ParameterGrid sorts the names
# message: in another order
from sklearn.model_selection import ParameterGrid

def grid(space):
    return list(ParameterGrid(space))

# %% reject grid: meshgrid makes NumPy arrays, and numbers of another type
# message: of another type
def grid(space):
    if not space:
        return [{}]
    arrays = np.meshgrid(*space.values(), indexing="ij")
    columns = [array.ravel() for array in arrays]
    return [dict(zip(space, row)) for row in zip(*columns)]

# %% reject grid: tuples instead of dicts
# message: list of dicts
import itertools

def grid(space):
    return list(itertools.product(*space.values()))

# %% reject grid: one dict filled again and again
# message: wrong
import itertools

def grid(space):
    chosen, result = {}, []
    for values in itertools.product(*space.values()):
        chosen.update(zip(space, values))
        result.append(chosen)
    return result

# %% reject grid: a generator
# message: list of dicts
import itertools

def grid(space):
    return (dict(zip(space, values)) for values in itertools.product(*space.values()))

# %% reject grid: empties the space on the way
# message: changes its argument
def grid(space):
    combinations = [{}]
    while space:
        name, values = next(iter(space.items()))
        del space[name]
        combinations = [{**chosen, name: value} for chosen in combinations for value in values]
    return combinations

# %% reject grid: doubles removed
# message: combinations
import itertools

def grid(space):
    result = []
    for values in itertools.product(*space.values()):
        chosen = dict(zip(space, values))
        if chosen not in result:
            result.append(chosen)
    return result

# %% reject grid: no return
# message: gave None
import itertools

def grid(space):
    result = [dict(zip(space, values)) for values in itertools.product(*space.values())]

# %% reject grid: not written
# message: not written yet
def grid(space):
    raise NotImplementedError()

# %% accept sample: the place in the list, np.exp
def sample(space, rng):
    chosen = {}
    for name, values in space.items():
        if isinstance(values, list):
            chosen[name] = values[rng.integers(len(values))]
        elif len(values) == 2:
            chosen[name] = rng.uniform(*values)
        else:
            chosen[name] = np.exp(rng.uniform(np.log(values[0]), np.log(values[1])))
    return chosen

# %% accept sample: one random number stretched, powers, a dict comprehension
def sample(space, rng):
    def draw(values):
        u = rng.random()
        if type(values) is list:
            return values[int(u * len(values))]
        if "log" in values:
            low, high, _ = values
            return low * (high / low) ** u
        low, high = values
        return low + u * (high - low)

    return {name: draw(values) for name, values in space.items()}

# %% accept sample: scipy's loguniform and uniform with random_state
from scipy import stats

def sample(space, rng):
    chosen = {}
    for name, values in space.items():
        if isinstance(values, tuple) and len(values) == 3:
            chosen[name] = float(stats.loguniform(values[0], values[1]).rvs(random_state=rng))
        elif isinstance(values, tuple):
            chosen[name] = stats.uniform(values[0], values[1] - values[0]).rvs(random_state=rng)
        else:
            chosen[name] = values[rng.choice(len(values))]
    return chosen

# %% accept sample: match, log10, float32 numbers, an array for the list
def sample(space, rng):
    result = dict()
    for name in space:
        match space[name]:
            case [*options] if isinstance(space[name], list):
                box = np.empty(len(options), dtype=object)
                box[:] = options
                result[name] = rng.choice(box)
            case (low, high):
                result[name] = np.float64(rng.uniform(low, high))
            case (low, high, "log"):
                result[name] = 10 ** rng.uniform(np.log10(low), np.log10(high))
    return result

# %% accept sample: Python's random, seeded from rng
import math
import random

def sample(space, rng):
    dice = random.Random(int(rng.integers(2**62)))
    chosen = {}
    for name, values in space.items():
        if isinstance(values, list):
            chosen[name] = dice.choice(values)
        elif len(values) == 2:
            chosen[name] = dice.uniform(values[0], values[1])
        else:
            chosen[name] = math.exp(dice.uniform(math.log(values[0]), math.log(values[1])))
    return chosen

# %% reject sample: "log" is ignored
# message: They are uniform
def sample(space, rng):
    chosen = {}
    for name, values in space.items():
        if isinstance(values, list):
            chosen[name] = values[rng.integers(len(values))]
        else:
            chosen[name] = rng.uniform(values[0], values[1])
    return chosen

# %% reject sample: every tuple log-uniform
# message: are not uniform
def sample(space, rng):
    chosen = {}
    for name, values in space.items():
        if isinstance(values, list):
            chosen[name] = values[rng.integers(len(values))]
        else:
            low = max(values[0], 1e-6)
            chosen[name] = np.exp(rng.uniform(np.log(low), np.log(values[1])))
    return chosen

# %% reject sample: the exponential of a uniform draw, without logarithms of the bounds
# message: out of bounds
def sample(space, rng):
    chosen = {}
    for name, values in space.items():
        if isinstance(values, list):
            chosen[name] = values[rng.integers(len(values))]
        elif len(values) == 2:
            chosen[name] = rng.uniform(*values)
        else:
            chosen[name] = np.exp(rng.uniform(values[0], values[1]))
    return chosen

# %% reject sample: logarithm taken, exponential forgotten
# message: out of bounds
def sample(space, rng):
    chosen = {}
    for name, values in space.items():
        if isinstance(values, list):
            chosen[name] = values[rng.integers(len(values))]
        elif len(values) == 2:
            chosen[name] = rng.uniform(*values)
        else:
            chosen[name] = rng.uniform(np.log(values[0]), np.log(values[1]))
    return chosen

# %% reject sample: log to base 10, exponential to base e
# message: should be a half
def sample(space, rng):
    chosen = {}
    for name, values in space.items():
        if isinstance(values, list):
            chosen[name] = values[rng.integers(len(values))]
        elif len(values) == 2:
            chosen[name] = rng.uniform(*values)
        else:
            chosen[name] = np.exp(rng.uniform(np.log10(values[0]), np.log10(values[1])))
    return chosen

# %% reject sample: rng.choice of the list gives NumPy's types
# message: Return the element as it is
def sample(space, rng):
    chosen = {}
    for name, values in space.items():
        if isinstance(values, list):
            chosen[name] = rng.choice(values)
        elif len(values) == 2:
            chosen[name] = rng.uniform(*values)
        else:
            chosen[name] = np.exp(rng.uniform(np.log(values[0]), np.log(values[1])))
    return chosen

# %% reject sample: the global generator
# message: global generator
def sample(space, rng):
    chosen = {}
    for name, values in space.items():
        if isinstance(values, list):
            chosen[name] = values[np.random.randint(len(values))]
        elif len(values) == 2:
            chosen[name] = rng.uniform(*values)
        else:
            chosen[name] = np.exp(rng.uniform(np.log(values[0]), np.log(values[1])))
    return chosen

# %% reject sample: Python's random for the lists
# message: All randomness must come from rng
import random

def sample(space, rng):
    chosen = {}
    for name, values in space.items():
        if isinstance(values, list):
            chosen[name] = random.choice(values)
        elif len(values) == 2:
            chosen[name] = rng.uniform(*values)
        else:
            chosen[name] = np.exp(rng.uniform(np.log(values[0]), np.log(values[1])))
    return chosen

# %% reject sample: a generator of its own in place of the argument
# message: Two different seeds give the same draws
def sample(space, rng, _own={}):
    rng = np.random.default_rng(0)
    chosen = {}
    for name, values in space.items():
        if isinstance(values, list):
            chosen[name] = values[rng.integers(len(values))]
        elif len(values) == 2:
            chosen[name] = rng.uniform(*values)
        else:
            chosen[name] = np.exp(rng.uniform(np.log(values[0]), np.log(values[1])))
    return chosen

# %% reject sample: two elements are taken for bounds, list or not
# message: one of its elements
def sample(space, rng):
    chosen = {}
    for name, values in space.items():
        if len(values) == 2 and not isinstance(values[0], (tuple, str)):
            chosen[name] = rng.uniform(*values)
        elif values[-1] == "log":
            chosen[name] = np.exp(rng.uniform(np.log(values[0]), np.log(values[1])))
        else:
            chosen[name] = values[rng.integers(len(values))]
    return chosen

# %% reject sample: the last element of a list is never drawn
# message: with the shares
def sample(space, rng):
    chosen = {}
    for name, values in space.items():
        if isinstance(values, list):
            chosen[name] = values[rng.integers(max(1, len(values) - 1))]
        elif len(values) == 2:
            chosen[name] = rng.uniform(*values)
        else:
            chosen[name] = np.exp(rng.uniform(np.log(values[0]), np.log(values[1])))
    return chosen

# %% reject sample: whole numbers between whole bounds
# message: should give a float
def sample(space, rng):
    chosen = {}
    for name, values in space.items():
        if isinstance(values, list):
            chosen[name] = values[rng.integers(len(values))]
        elif len(values) == 2 and all(isinstance(v, int) for v in values):
            chosen[name] = int(rng.integers(values[0], values[1] + 1))
        elif len(values) == 2:
            chosen[name] = rng.uniform(*values)
        else:
            chosen[name] = np.exp(rng.uniform(np.log(values[0]), np.log(values[1])))
    return chosen

# %% reject sample: a hundred points of a geometric row
# message: different values
def sample(space, rng):
    chosen = {}
    for name, values in space.items():
        if isinstance(values, list):
            chosen[name] = values[rng.integers(len(values))]
        elif len(values) == 2:
            chosen[name] = rng.uniform(*values)
        else:
            chosen[name] = float(rng.choice(np.geomspace(values[0], values[1], 100)))
    return chosen

# %% reject sample: one random number for all names
# message: depend on one another
def sample(space, rng):
    u = rng.random()
    chosen = {}
    for name, values in space.items():
        if isinstance(values, list):
            chosen[name] = values[int(u * len(values))]
        elif len(values) == 2:
            chosen[name] = values[0] + u * (values[1] - values[0])
        else:
            chosen[name] = values[0] * (values[1] / values[0]) ** u
    return chosen

# %% reject sample: arrays with one element
# message: should give a float
def sample(space, rng):
    chosen = {}
    for name, values in space.items():
        if isinstance(values, list):
            chosen[name] = values[rng.integers(len(values))]
        elif len(values) == 2:
            chosen[name] = rng.uniform(values[0], values[1], 1)
        else:
            chosen[name] = np.exp(rng.uniform(np.log(values[0]), np.log(values[1]), 1))
    return chosen

# %% reject sample: no return
# message: Is there a `return`
def sample(space, rng):
    chosen = {}
    for name, values in space.items():
        if isinstance(values, list):
            chosen[name] = values[rng.integers(len(values))]
        elif len(values) == 2:
            chosen[name] = rng.uniform(*values)
        else:
            chosen[name] = np.exp(rng.uniform(np.log(values[0]), np.log(values[1])))

# %% reject sample: shuffles the lists of the space
# message: changes its argument in place
def sample(space, rng):
    chosen = {}
    for name, values in space.items():
        if isinstance(values, list):
            rng.shuffle(values)
            chosen[name] = values[0]
        elif len(values) == 2:
            chosen[name] = rng.uniform(*values)
        else:
            chosen[name] = np.exp(rng.uniform(np.log(values[0]), np.log(values[1])))
    return chosen

# %% reject sample: not written
# message: not written yet
def sample(space, rng):
    raise NotImplementedError()

# %% accept random_search: a loop that remembers the best
def random_search(objective, space, n_trials, rng):
    best_params, best_score = None, None
    for _ in range(n_trials):
        params = sample(space, rng)
        score = objective(params)
        if np.isnan(score):
            continue
        if best_params is None or score < best_score:
            best_params, best_score = params, score
    if best_params is None:
        raise ValueError("every trial gave NaN")
    return best_params, best_score

# %% accept random_search: all trials first, then min over those that are numbers
import math

def random_search(objective, space, n_trials, rng):
    trials = [sample(space, rng) for _ in range(n_trials)]
    scored = [(objective(params), i) for i, params in enumerate(trials)]
    score, i = min(pair for pair in scored if not math.isnan(pair[0]))
    return trials[i], score

# %% accept random_search: argsort puts NaN last
def random_search(objective, space, n_trials, rng):
    trials, scores = [], []
    for _ in range(n_trials):
        trials.append(sample(space, rng))
        scores.append(objective(trials[-1]))
    best = np.argsort(scores)[0]
    if scores[best] != scores[best]:
        raise ValueError("NaN")
    return [trials[best], np.array(scores[best])]

# %% accept random_search: fmin, without the exercise sample
def random_search(objective, space, n_trials, rng):
    def draw(values):
        if isinstance(values, list):
            return values[rng.integers(len(values))]
        u, (low, high) = rng.random(), values[:2]
        return low * (high / low) ** u if len(values) == 3 else low + u * (high - low)

    trials = []
    for _ in range(n_trials):
        params = {name: draw(values) for name, values in space.items()}
        trials.append((params, objective(params)))
    lowest = np.fmin.reduce([score for _, score in trials])
    if np.isnan(lowest):
        raise ValueError("all NaN")
    return next((params, score) for params, score in trials if score == lowest)

# %% accept random_search: the later one of equal scores
def random_search(objective, space, n_trials, rng):
    best = (None, float("nan"))
    for i in range(n_trials):
        params = sample(space, rng)
        score = objective(params)
        if score <= best[1] or (score == score and best[0] is None):
            best = (params, score)
    if best[0] is None:
        raise ValueError
    return best

# %% reject random_search: a NaN that comes first stays
# message: NaN never wins
def random_search(objective, space, n_trials, rng):
    best_params, best_score = None, None
    for _ in range(n_trials):
        params = sample(space, rng)
        score = objective(params)
        if best_score is None or score < best_score:
            best_params, best_score = params, score
    if np.isnan(best_score):
        raise ValueError
    return best_params, best_score

# %% reject random_search: argmin picks NaN
# message: NaN never wins
def random_search(objective, space, n_trials, rng):
    trials = [sample(space, rng) for _ in range(n_trials)]
    scores = [objective(params) for params in trials]
    if np.isnan(scores).all():
        raise ValueError
    best = np.argmin(scores)
    return trials[best], scores[best]

# %% reject random_search: nanargmin among inf and NaN
# message: NaN never wins
def random_search(objective, space, n_trials, rng):
    trials = [sample(space, rng) for _ in range(n_trials)]
    scores = [objective(params) for params in trials]
    best = np.nanargmin(scores)
    return trials[best], scores[best]

# %% reject random_search: inf never accepted
# message: inf is a score
def random_search(objective, space, n_trials, rng):
    best_params, best_score = None, float("inf")
    for _ in range(n_trials):
        params = sample(space, rng)
        score = objective(params)
        if score < best_score:
            best_params, best_score = params, score
    if best_params is None:
        raise ValueError("all NaN")
    return best_params, best_score

# %% reject random_search: the highest wins
# message: not the highest
def random_search(objective, space, n_trials, rng):
    best_params, best_score = None, -np.inf
    for _ in range(n_trials):
        params = sample(space, rng)
        score = objective(params)
        if score > best_score:
            best_params, best_score = params, score
    if best_params is None:
        raise ValueError
    return best_params, best_score

# %% reject random_search: all NaN gives None
# message: should raise ValueError
def random_search(objective, space, n_trials, rng):
    best_params, best_score = None, np.nan
    for _ in range(n_trials):
        params = sample(space, rng)
        score = objective(params)
        if not np.isnan(score) and (best_params is None or score < best_score):
            best_params, best_score = params, score
    return best_params, best_score

# %% reject random_search: trains the winner once more
# message: times
def random_search(objective, space, n_trials, rng):
    trials = [sample(space, rng) for _ in range(n_trials)]
    scores = np.array([objective(params) for params in trials])
    if np.isnan(scores).all():
        raise ValueError
    best = trials[int(np.argmin(np.where(np.isnan(scores), np.inf, scores)))]
    return best, objective(best)

# %% reject random_search: calls objective twice for each trial
# message: times
def random_search(objective, space, n_trials, rng):
    best_params, best_score = None, np.inf
    for _ in range(n_trials):
        params = sample(space, rng)
        if objective(params) < best_score:
            best_params, best_score = params, objective(params)
    if best_params is None:
        raise ValueError
    return best_params, best_score

# %% reject random_search: one trial too few
# message: times
def random_search(objective, space, n_trials, rng):
    best_params, best_score = None, np.inf
    for _ in range(1, n_trials):
        params = sample(space, rng)
        score = objective(params)
        if score < best_score:
            best_params, best_score = params, score
    if best_params is None:
        raise ValueError
    return best_params, best_score

# %% reject random_search: draws once
# message: same params again
def random_search(objective, space, n_trials, rng):
    params = sample(space, rng)
    scores = [objective(params) for _ in range(n_trials)]
    if np.isnan(scores).all():
        raise ValueError
    return params, np.nanmin(scores)

# %% reject random_search: swapped
# message: swapped
def random_search(objective, space, n_trials, rng):
    trials = [sample(space, rng) for _ in range(n_trials)]
    scores = np.array([objective(params) for params in trials])
    if np.isnan(scores).all():
        raise ValueError
    best = int(np.nanargmin(scores))
    return scores[best], trials[best]

# %% reject random_search: the last params with the best score
# message: was measured with
def random_search(objective, space, n_trials, rng):
    best_score = np.nan
    for _ in range(n_trials):
        params = sample(space, rng)
        best_score = np.fmin(best_score, objective(params))
    if np.isnan(best_score):
        raise ValueError
    return params, best_score

# %% reject random_search: stops at the first NaN
# message: changes nothing
def random_search(objective, space, n_trials, rng):
    best_params, best_score = None, np.inf
    for _ in range(n_trials):
        params = sample(space, rng)
        score = objective(params)
        if np.isnan(score):
            break
        if score < best_score:
            best_params, best_score = params, score
    if best_params is None:
        raise ValueError
    return best_params, best_score

# %% reject random_search: a generator of its own
# message: Draw from
def random_search(objective, space, n_trials, rng):
    rng = np.random.default_rng(0)
    trials = [sample(space, rng) for _ in range(n_trials)]
    scores = [objective(params) for params in trials]
    best = np.argsort(scores)[0]
    if np.isnan(scores[best]):
        raise ValueError
    return trials[best], scores[best]

# %% reject random_search: no return
# message: Is there a `return`
def random_search(objective, space, n_trials, rng):
    best_params, best_score = None, np.nan
    for _ in range(n_trials):
        params = sample(space, rng)
        score = objective(params)
        if not np.isnan(score) and (best_params is None or score < best_score):
            best_params, best_score = params, score
    if best_params is None:
        raise ValueError("all NaN")

# %% reject random_search: narrows the caller's space around the best
# message: changes its argument in place
def random_search(objective, space, n_trials, rng):
    best_params, best_score = None, np.nan
    for _ in range(n_trials):
        params = sample(space, rng)
        score = objective(params)
        if not np.isnan(score) and (best_params is None or score < best_score):
            best_params, best_score = params, score
            for name, value in params.items():
                low, high = space[name]
                space[name] = ((low + value) / 2, (high + value) / 2)
    if best_params is None:
        raise ValueError("all NaN")
    return best_params, best_score

# %% reject random_search: NaN trials are tried again
# message: objective was called
def random_search(objective, space, n_trials, rng):
    best_params, best_score, done, calls = None, np.nan, 0, 0
    while done < n_trials and calls < 10 * n_trials:
        params = sample(space, rng)
        score = objective(params)
        calls += 1
        if np.isnan(score):
            continue
        done += 1
        if best_params is None or score < best_score:
            best_params, best_score = params, score
    if best_params is None:
        raise ValueError("all NaN")
    return best_params, best_score

# %% reject random_search: not written
# message: not written yet
def random_search(objective, space, n_trials, rng):
    raise NotImplementedError()

# %% accept build_model: Sequential with add
def build_model(hidden_layers=1, layer_size=30, learning_rate=3e-3):
    model = keras.Sequential()
    model.add(keras.Input(shape=(8,)))
    for layer in range(hidden_layers):
        model.add(keras.layers.Dense(layer_size, activation="relu"))
    model.add(keras.layers.Dense(1))
    model.compile(loss="mse", optimizer=keras.optimizers.SGD(learning_rate=learning_rate))
    return model

# %% accept build_model: functional, ReLU as a layer, the loss as an object
def build_model(hidden_layers=1, layer_size=30, learning_rate=3e-3):
    inputs = x = keras.Input((8,))
    for _ in range(hidden_layers):
        x = keras.layers.ReLU()(keras.layers.Dense(layer_size, kernel_initializer="he_normal")(x))
    model = keras.Model(inputs, keras.layers.Dense(1, activation="linear")(x))
    model.compile(keras.optimizers.SGD(learning_rate), keras.losses.MeanSquaredError())
    return model

# %% accept build_model: a list of layers, more metrics, steps_per_execution
def build_model(hidden_layers=1, layer_size=30, learning_rate=3e-3):
    hidden = [keras.layers.Dense(layer_size, "relu") for _ in range(hidden_layers)]
    model = keras.Sequential([keras.Input((8,)), *hidden, keras.layers.Dense(1)])
    model.compile(
        optimizer=keras.optimizers.SGD(learning_rate),
        loss="mean_squared_error",
        metrics=["mae"],
        steps_per_execution=8,
    )
    return model

# %% accept build_model: a subclass of Model, built, and a function as loss
def build_model(hidden_layers=1, layer_size=30, learning_rate=3e-3):
    class Regressor(keras.Model):
        def __init__(self):
            super().__init__()
            self.stack = [keras.layers.Dense(layer_size, tf.nn.relu) for _ in range(hidden_layers)]
            self.out = keras.layers.Dense(1)

        def call(self, x):
            for layer in self.stack:
                x = layer(x)
            return self.out(x)

    model = Regressor()
    model(np.zeros((1, 8), "float32"))
    model.compile(keras.optimizers.SGD(learning_rate), lambda y, p: keras.ops.mean((y - p) ** 2, -1))
    return model

# %% reject build_model: one layer too many
# message: other weights
def build_model(hidden_layers=1, layer_size=30, learning_rate=3e-3):
    model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(layer_size, "relu")])
    for _ in range(hidden_layers):
        model.add(keras.layers.Dense(layer_size, "relu"))
    model.add(keras.layers.Dense(1))
    model.compile(keras.optimizers.SGD(learning_rate), "mse")
    return model

# %% reject build_model: the same layer in several places
# message: other weights
def build_model(hidden_layers=1, layer_size=30, learning_rate=3e-3):
    first = keras.layers.Dense(layer_size, "relu")
    hidden = keras.layers.Dense(layer_size, "relu")
    inputs = keras.Input((8,))
    x = first(inputs) if hidden_layers else inputs
    for _ in range(hidden_layers - 1):
        x = hidden(x)
    for _ in range(max(0, hidden_layers - 2)):
        x = hidden(x)
    model = keras.Model(inputs, keras.layers.Dense(1)(x))
    model.compile(keras.optimizers.SGD(learning_rate), "mse")
    return model

# %% reject build_model: no ReLU
# message: no activation
def build_model(hidden_layers=1, layer_size=30, learning_rate=3e-3):
    model = keras.Sequential([keras.Input((8,))])
    for _ in range(hidden_layers):
        model.add(keras.layers.Dense(layer_size))
    model.add(keras.layers.Dense(1))
    model.compile(keras.optimizers.SGD(learning_rate), "mse")
    return model

# %% reject build_model: ReLU at the output
# message: output has a ReLU
def build_model(hidden_layers=1, layer_size=30, learning_rate=3e-3):
    model = keras.Sequential([keras.Input((8,))])
    for _ in range(hidden_layers):
        model.add(keras.layers.Dense(layer_size, "relu"))
    model.add(keras.layers.Dense(1, "relu"))
    model.compile(keras.optimizers.SGD(learning_rate), "mse")
    return model

# %% reject build_model: "sgd" always has the rate 0.01
# message: learning rate
def build_model(hidden_layers=1, layer_size=30, learning_rate=3e-3):
    model = keras.Sequential([keras.Input((8,))])
    for _ in range(hidden_layers):
        model.add(keras.layers.Dense(layer_size, "relu"))
    model.add(keras.layers.Dense(1))
    model.compile("sgd", "mse")
    return model

# %% reject build_model: Adam
# message: expected SGD
def build_model(hidden_layers=1, layer_size=30, learning_rate=3e-3):
    model = keras.Sequential([keras.Input((8,))])
    for _ in range(hidden_layers):
        model.add(keras.layers.Dense(layer_size, "relu"))
    model.add(keras.layers.Dense(1))
    model.compile(keras.optimizers.Adam(learning_rate), "mse")
    return model

# %% reject build_model: momentum
# message: momentum
def build_model(hidden_layers=1, layer_size=30, learning_rate=3e-3):
    model = keras.Sequential([keras.Input((8,))])
    for _ in range(hidden_layers):
        model.add(keras.layers.Dense(layer_size, "relu"))
    model.add(keras.layers.Dense(1))
    model.compile(keras.optimizers.SGD(learning_rate, momentum=0.9), "mse")
    return model

# %% reject build_model: absolute error
# message: mean squared error
def build_model(hidden_layers=1, layer_size=30, learning_rate=3e-3):
    model = keras.Sequential([keras.Input((8,))])
    for _ in range(hidden_layers):
        model.add(keras.layers.Dense(layer_size, "relu"))
    model.add(keras.layers.Dense(1))
    model.compile(keras.optimizers.SGD(learning_rate), "mae")
    return model

# %% reject build_model: an L2 penalty is added
# message: nothing is added
def build_model(hidden_layers=1, layer_size=30, learning_rate=3e-3):
    model = keras.Sequential([keras.Input((8,))])
    for _ in range(hidden_layers):
        model.add(keras.layers.Dense(layer_size, "relu", kernel_regularizer="l2"))
    model.add(keras.layers.Dense(1))
    model.compile(keras.optimizers.SGD(learning_rate), "mse")
    return model

# %% reject build_model: at least one hidden layer
# message: build_model(hidden_layers=0)
def build_model(hidden_layers=1, layer_size=30, learning_rate=3e-3):
    model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(layer_size, "relu")])
    for _ in range(hidden_layers - 1):
        model.add(keras.layers.Dense(layer_size, "relu"))
    model.add(keras.layers.Dense(1))
    model.compile(keras.optimizers.SGD(learning_rate), "mse")
    return model

# %% reject build_model: no input, so no weights
# message: has no weights yet
def build_model(hidden_layers=1, layer_size=30, learning_rate=3e-3):
    model = keras.Sequential()
    for _ in range(hidden_layers):
        model.add(keras.layers.Dense(layer_size, "relu"))
    model.add(keras.layers.Dense(1))
    model.compile(keras.optimizers.SGD(learning_rate), "mse")
    return model

# %% reject build_model: not compiled
# message: not compiled
def build_model(hidden_layers=1, layer_size=30, learning_rate=3e-3):
    model = keras.Sequential([keras.Input((8,))])
    for _ in range(hidden_layers):
        model.add(keras.layers.Dense(layer_size, "relu"))
    model.add(keras.layers.Dense(1))
    return model

# %% reject build_model: the size is fixed
# message: other weights
def build_model(hidden_layers=1, layer_size=30, learning_rate=3e-3):
    model = keras.Sequential([keras.Input((8,))])
    for _ in range(hidden_layers):
        model.add(keras.layers.Dense(30, "relu"))
    model.add(keras.layers.Dense(1))
    model.compile(keras.optimizers.SGD(learning_rate), "mse")
    return model

# %% reject build_model: another default rate
# message: learning rate
def build_model(hidden_layers=1, layer_size=30, learning_rate=1e-2):
    model = keras.Sequential([keras.Input((8,))])
    for _ in range(hidden_layers):
        model.add(keras.layers.Dense(layer_size, activation="relu"))
    model.add(keras.layers.Dense(1))
    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss="mse")
    return model

# %% reject build_model: two hidden layers by default
# message: build_model()
def build_model(hidden_layers=2, layer_size=30, learning_rate=3e-3):
    model = keras.Sequential([keras.Input((8,))])
    for _ in range(hidden_layers):
        model.add(keras.layers.Dense(layer_size, activation="relu"))
    model.add(keras.layers.Dense(1))
    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss="mse")
    return model

# %% reject build_model: no return
# message: build_model()
def build_model(hidden_layers=1, layer_size=30, learning_rate=3e-3):
    model = keras.Sequential([keras.Input((8,))])
    for _ in range(hidden_layers):
        model.add(keras.layers.Dense(layer_size, activation="relu"))
    model.add(keras.layers.Dense(1))
    model.compile(optimizer=keras.optimizers.SGD(learning_rate), loss="mse")

# %% accept evolve: vectorised
def evolve(population, scores, rng, n_elite=2, mutation=0.1):
    p, d = population.shape
    ranked = population[np.argsort(scores)]
    a, b = ranked[rng.integers((p + 1) // 2, size=(2, p - n_elite))]
    children = np.where(rng.random((p - n_elite, d)) < 0.5, a, b)
    return np.vstack([ranked[:n_elite], children + mutation * rng.standard_normal(children.shape)])

# %% accept evolve: a loop, two different parents, rng.choice
import math

def evolve(population, scores, rng, n_elite=2, mutation=0.1):
    order = sorted(range(len(scores)), key=lambda i: scores[i])
    best = [population[i] for i in order]
    pool = best[: math.ceil(len(best) / 2)]
    new = [row.copy() for row in best[:n_elite]]
    while len(new) < len(population):
        a, b = rng.choice(len(pool), size=2, replace=False)
        mask = rng.integers(0, 2, size=len(best[0])).astype(bool)
        child = np.where(mask, pool[a], pool[b])
        new.append(child + rng.normal(0, mutation, child.shape))
    return np.array(new)

# %% accept evolve: element by element, returned as a list of lists
def evolve(population, scores, rng, n_elite=2, mutation=0.1):
    order = np.argsort(scores)
    p, d = population.shape
    n_parents = -(-p // 2)
    result = population[order[:n_elite]].tolist()
    for _ in range(p - n_elite):
        mother = population[order[rng.integers(n_parents)]]
        father = population[order[rng.integers(n_parents)]]
        child = []
        for j in range(d):
            gene = mother[j] if rng.random() < 0.5 else father[j]
            child.append(gene + rng.normal(scale=mutation))
        result.append(child)
    return result

# %% accept evolve: shuffled parents, binomial mask, arithmetic crossover with 0 and 1
def evolve(population, scores, rng, n_elite=2, mutation=0.1):
    p, d = np.shape(population)
    elites = population[np.argsort(scores, kind="stable")][:n_elite]
    half = population[np.argsort(scores, kind="stable")][: int(np.ceil(p / 2))]
    children = np.empty((p - n_elite, d))
    for child in children:
        first, second = rng.permutation(half)[:2]
        coin = rng.binomial(1, 0.5, d)
        child[:] = coin * first + (1 - coin) * second + rng.normal(0, mutation, d)
    return np.concatenate((elites, children), axis=0)

# %% accept evolve: a tensor
def evolve(population, scores, rng, n_elite=2, mutation=0.1):
    p, d = population.shape
    ranked = tf.gather(tf.constant(population), tf.argsort(scores))
    n = p - n_elite
    a = tf.gather(ranked, rng.integers(0, (p + 1) // 2, n))
    b = tf.gather(ranked, rng.integers(0, (p + 1) // 2, n))
    children = tf.where(rng.random((n, d)) < 0.5, a, b) + rng.normal(0, mutation, (n, d))
    return tf.concat([ranked[:n_elite], children], axis=0)

# %% reject evolve: higher is better
# message: Lower scores are better
def evolve(population, scores, rng, n_elite=2, mutation=0.1):
    p, d = population.shape
    ranked = population[np.argsort(scores)[::-1]]
    a, b = ranked[rng.integers((p + 1) // 2, size=(2, p - n_elite))]
    children = np.where(rng.random((p - n_elite, d)) < 0.5, a, b)
    return np.vstack([ranked[:n_elite], children + rng.normal(0, mutation, children.shape)])

# %% reject evolve: the elites mutate too
# message: elites
def evolve(population, scores, rng, n_elite=2, mutation=0.1):
    p, d = population.shape
    ranked = population[np.argsort(scores)]
    a, b = ranked[rng.integers((p + 1) // 2, size=(2, p - n_elite))]
    children = np.where(rng.random((p - n_elite, d)) < 0.5, a, b)
    new = np.vstack([ranked[:n_elite], children])
    return new + rng.normal(0, mutation, new.shape)

# %% reject evolve: elites in the order of the population
# message: elites
def evolve(population, scores, rng, n_elite=2, mutation=0.1):
    p, d = population.shape
    order = np.argsort(scores)
    ranked = population[order]
    a, b = ranked[rng.integers((p + 1) // 2, size=(2, p - n_elite))]
    children = np.where(rng.random((p - n_elite, d)) < 0.5, a, b)
    elites = population[np.sort(order[:n_elite])]
    return np.vstack([elites, children + rng.normal(0, mutation, children.shape)])

# %% reject evolve: children first
# message: elites
def evolve(population, scores, rng, n_elite=2, mutation=0.1):
    p, d = population.shape
    ranked = population[np.argsort(scores)]
    a, b = ranked[rng.integers((p + 1) // 2, size=(2, p - n_elite))]
    children = np.where(rng.random((p - n_elite, d)) < 0.5, a, b)
    return np.vstack([children + rng.normal(0, mutation, children.shape), ranked[:n_elite]])

# %% reject evolve: parents from all
# message: Parents are the best
def evolve(population, scores, rng, n_elite=2, mutation=0.1):
    p, d = population.shape
    ranked = population[np.argsort(scores)]
    a, b = ranked[rng.integers(p, size=(2, p - n_elite))]
    children = np.where(rng.random((p - n_elite, d)) < 0.5, a, b)
    return np.vstack([ranked[:n_elite], children + rng.normal(0, mutation, children.shape)])

# %% reject evolve: half rounded down
# message: are parents with the shares
def evolve(population, scores, rng, n_elite=2, mutation=0.1):
    p, d = population.shape
    ranked = population[np.argsort(scores)]
    a, b = ranked[rng.integers(max(1, p // 2), size=(2, p - n_elite))]
    children = np.where(rng.random((p - n_elite, d)) < 0.5, a, b)
    return np.vstack([ranked[:n_elite], children + rng.normal(0, mutation, children.shape)])

# %% reject evolve: only the elites are parents
# message: are parents with the shares
def evolve(population, scores, rng, n_elite=2, mutation=0.1):
    p, d = population.shape
    ranked = population[np.argsort(scores)]
    a, b = ranked[rng.integers(max(1, n_elite), size=(2, p - n_elite))]
    children = np.where(rng.random((p - n_elite, d)) < 0.5, a, b)
    return np.vstack([ranked[:n_elite], children + rng.normal(0, mutation, children.shape)])

# %% reject evolve: parents are drawn from the elites in the order of the population
# message: Parents are the best
def evolve(population, scores, rng, n_elite=2, mutation=0.1):
    p, d = population.shape
    elites = population[np.argsort(scores)][:n_elite]
    a, b = population[rng.integers((p + 1) // 2, size=(2, p - n_elite))]
    children = np.where(rng.random((p - n_elite, d)) < 0.5, a, b)
    return np.vstack([elites, children + rng.normal(0, mutation, children.shape)])

# %% reject evolve: one-point crossover
# message: long pieces
def evolve(population, scores, rng, n_elite=2, mutation=0.1):
    p, d = population.shape
    ranked = population[np.argsort(scores)]
    new = list(ranked[:n_elite])
    while len(new) < p:
        a, b = ranked[rng.integers((p + 1) // 2, size=2)]
        child = np.concatenate([a[: d // 2], b[d // 2 :]])
        new.append(child + rng.normal(0, mutation, d))
    return np.array(new)

# %% reject evolve: the mean of the parents
# message: no averaging
def evolve(population, scores, rng, n_elite=2, mutation=0.1):
    p, d = population.shape
    ranked = population[np.argsort(scores)]
    a, b = ranked[rng.integers((p + 1) // 2, size=(2, p - n_elite))]
    children = (a + b) / 2
    return np.vstack([ranked[:n_elite], children + rng.normal(0, mutation, children.shape)])

# %% reject evolve: copies of the best, no crossover
# message: All children
def evolve(population, scores, rng, n_elite=2, mutation=0.1):
    p, d = population.shape
    ranked = population[np.argsort(scores)]
    children = np.repeat(ranked[:1], p - n_elite, axis=0)
    return np.vstack([ranked[:n_elite], children + rng.normal(0, mutation, children.shape)])

# %% reject evolve: mutated copies, no crossover at all
# message: crossover. Toss a coin
def evolve(population, scores, rng, n_elite=2, mutation=0.1):
    p, d = population.shape
    ranked = population[np.argsort(scores)]
    children = ranked[rng.integers((p + 1) // 2, size=p - n_elite)]
    return np.vstack([ranked[:n_elite], children + rng.normal(0, mutation, children.shape)])

# %% reject evolve: every element from any of the better half
# message: two parents
def evolve(population, scores, rng, n_elite=2, mutation=0.1):
    p, d = population.shape
    ranked = population[np.argsort(scores)]
    rows = rng.integers((p + 1) // 2, size=(p - n_elite, d))
    children = ranked[rows, np.arange(d)]
    return np.vstack([ranked[:n_elite], children + rng.normal(0, mutation, children.shape)])

# %% reject evolve: the same coins and parents for all children
# message: All children
def evolve(population, scores, rng, n_elite=2, mutation=0.1):
    p, d = population.shape
    ranked = population[np.argsort(scores)]
    a, b = ranked[rng.integers((p + 1) // 2, size=2)]
    child = np.where(rng.random(d) < 0.5, a, b)
    children = np.repeat(child[None], p - n_elite, axis=0)
    return np.vstack([ranked[:n_elite], children + rng.normal(0, mutation, children.shape)])

# %% reject evolve: one coin for a whole child
# message: crossover. Toss a coin
def evolve(population, scores, rng, n_elite=2, mutation=0.1):
    p, d = population.shape
    ranked = population[np.argsort(scores)]
    a, b = ranked[rng.integers((p + 1) // 2, size=(2, p - n_elite))]
    children = np.where(rng.random((p - n_elite, 1)) < 0.5, a, b)
    return np.vstack([ranked[:n_elite], children + rng.normal(0, mutation, children.shape)])

# %% reject evolve: mutation taken for the variance
# message: not the variance
def evolve(population, scores, rng, n_elite=2, mutation=0.1):
    p, d = population.shape
    ranked = population[np.argsort(scores)]
    a, b = ranked[rng.integers((p + 1) // 2, size=(2, p - n_elite))]
    children = np.where(rng.random((p - n_elite, d)) < 0.5, a, b)
    return np.vstack([ranked[:n_elite], children + rng.normal(0, mutation**0.5, children.shape)])

# %% reject evolve: one random number for all elements
# message: same noise
def evolve(population, scores, rng, n_elite=2, mutation=0.1):
    p, d = population.shape
    ranked = population[np.argsort(scores)]
    a, b = ranked[rng.integers((p + 1) // 2, size=(2, p - n_elite))]
    children = np.where(rng.random((p - n_elite, d)) < 0.5, a, b)
    return np.vstack([ranked[:n_elite], children + rng.normal(0, mutation)])

# %% reject evolve: uniform noise of the same width
# message: not Gaussian
def evolve(population, scores, rng, n_elite=2, mutation=0.1):
    p, d = population.shape
    ranked = population[np.argsort(scores)]
    a, b = ranked[rng.integers((p + 1) // 2, size=(2, p - n_elite))]
    children = np.where(rng.random((p - n_elite, d)) < 0.5, a, b)
    width = mutation * 3**0.5
    return np.vstack([ranked[:n_elite], children + rng.uniform(-width, width, children.shape)])

# %% reject evolve: always 0.1
# message: no noise
def evolve(population, scores, rng, n_elite=2, mutation=0.1):
    p, d = population.shape
    ranked = population[np.argsort(scores)]
    a, b = ranked[rng.integers((p + 1) // 2, size=(2, p - n_elite))]
    children = np.where(rng.random((p - n_elite, d)) < 0.5, a, b)
    return np.vstack([ranked[:n_elite], children + rng.normal(0, 0.1, children.shape)])

# %% reject evolve: mutates each element with probability `mutation`
# message: noise
def evolve(population, scores, rng, n_elite=2, mutation=0.1):
    p, d = population.shape
    ranked = population[np.argsort(scores)]
    a, b = ranked[rng.integers((p + 1) // 2, size=(2, p - n_elite))]
    children = np.where(rng.random((p - n_elite, d)) < 0.5, a, b)
    hit = rng.random(children.shape) < mutation
    return np.vstack([ranked[:n_elite], children + hit * rng.normal(0, 1, children.shape)])

# %% reject evolve: clipped to the unit interval
# message: elites
def evolve(population, scores, rng, n_elite=2, mutation=0.1):
    p, d = population.shape
    ranked = population[np.argsort(scores)]
    a, b = ranked[rng.integers((p + 1) // 2, size=(2, p - n_elite))]
    children = np.where(rng.random((p - n_elite, d)) < 0.5, a, b)
    new = np.vstack([ranked[:n_elite], children + rng.normal(0, mutation, children.shape)])
    return np.clip(new, 0, 1)

# %% reject evolve: the global generator
# message: Draw from rng
def evolve(population, scores, rng, n_elite=2, mutation=0.1):
    p, d = population.shape
    ranked = population[np.argsort(scores)]
    a, b = ranked[rng.integers((p + 1) // 2, size=(2, p - n_elite))]
    children = np.where(np.random.rand(p - n_elite, d) < 0.5, a, b)
    return np.vstack([ranked[:n_elite], children + rng.normal(0, mutation, children.shape)])

# %% reject evolve: sorts the population in place
# message: in place
def evolve(population, scores, rng, n_elite=2, mutation=0.1):
    p, d = population.shape
    population[:] = population[np.argsort(scores)]
    a, b = population[rng.integers((p + 1) // 2, size=(2, p - n_elite))]
    children = np.where(rng.random((p - n_elite, d)) < 0.5, a, b)
    return np.vstack([population[:n_elite], children + rng.normal(0, mutation, children.shape)])

# %% reject evolve: only the children
# message: wrong shape
def evolve(population, scores, rng, n_elite=2, mutation=0.1):
    p, d = population.shape
    ranked = population[np.argsort(scores)]
    a, b = ranked[rng.integers((p + 1) // 2, size=(2, p - n_elite))]
    children = np.where(rng.random((p - n_elite, d)) < 0.5, a, b)
    return children + rng.normal(0, mutation, children.shape)

# %% reject evolve: n_elite ignored
# message: elites
def evolve(population, scores, rng, n_elite=2, mutation=0.1):
    p, d = population.shape
    ranked = population[np.argsort(scores)]
    a, b = ranked[rng.integers((p + 1) // 2, size=(2, p - 2))]
    children = np.where(rng.random((p - 2, d)) < 0.5, a, b)
    return np.vstack([ranked[:2], children + rng.normal(0, mutation, children.shape)])

# %% reject evolve: fails without elites
# message: stopped with an error
def evolve(population, scores, rng, n_elite=2, mutation=0.1):
    p, d = population.shape
    ranked = population[np.argsort(scores)]
    new = [ranked[i] for i in range(n_elite)]
    best = new[0]
    while len(new) < p:
        a, b = ranked[rng.integers((p + 1) // 2, size=2)]
        new.append(np.where(rng.random(d) < 0.5, a, b) + rng.normal(0, mutation, d))
    return np.array(new)

# %% reject evolve: another default for mutation
# message: which is the default
def evolve(population, scores, rng, n_elite=2, mutation=0.2):
    p, d = population.shape
    ranked = population[np.argsort(scores)]
    a, b = ranked[rng.integers((p + 1) // 2, size=(2, p - n_elite))]
    children = np.where(rng.random((p - n_elite, d)) < 0.5, a, b)
    return np.vstack([ranked[:n_elite], children + rng.normal(0, mutation, children.shape)])

# %% reject evolve: one elite by default
# message: elites
def evolve(population, scores, rng, n_elite=1, mutation=0.1):
    p, d = population.shape
    ranked = population[np.argsort(scores)]
    a, b = ranked[rng.integers((p + 1) // 2, size=(2, p - n_elite))]
    children = np.where(rng.random((p - n_elite, d)) < 0.5, a, b)
    return np.vstack([ranked[:n_elite], children + rng.normal(0, mutation, children.shape)])

# %% reject evolve: three elites by default
# message: same noise
def evolve(population, scores, rng, n_elite=3, mutation=0.1):
    p, d = population.shape
    ranked = population[np.argsort(scores)]
    a, b = ranked[rng.integers((p + 1) // 2, size=(2, p - n_elite))]
    children = np.where(rng.random((p - n_elite, d)) < 0.5, a, b)
    return np.vstack([ranked[:n_elite], children + rng.normal(0, mutation, children.shape)])

# %% reject evolve: a coin that favours one parent
# message: fair
def evolve(population, scores, rng, n_elite=2, mutation=0.1):
    p, d = population.shape
    ranked = population[np.argsort(scores)]
    a, b = ranked[rng.integers((p + 1) // 2, size=(2, p - n_elite))]
    children = np.where(rng.random((p - n_elite, d)) < 0.56, a, b)
    return np.vstack([ranked[:n_elite], children + rng.normal(0, mutation, children.shape)])

# %% reject evolve: no return
# message: Is there a `return`
def evolve(population, scores, rng, n_elite=2, mutation=0.1):
    p, d = population.shape
    ranked = population[np.argsort(scores)]
    a, b = ranked[rng.integers((p + 1) // 2, size=(2, p - n_elite))]
    children = np.where(rng.random((p - n_elite, d)) < 0.5, a, b)
    new = np.vstack([ranked[:n_elite], children + rng.normal(0, mutation, children.shape)])

# %% accept successive_halving: a loop with argsort
def successive_halving(configs, evaluate, min_budget, eta=2):
    budget = min_budget
    while len(configs) > 1:
        losses = [evaluate(config, budget) for config in configs]
        n_kept = max(1, len(configs) // eta)
        configs = [configs[i] for i in np.argsort(losses)[:n_kept]]
        budget = budget * eta
    return configs[0]

# %% accept successive_halving: recursion
def successive_halving(configs, evaluate, min_budget, eta=2):
    if len(configs) == 1:
        return configs[0]
    scored = [(evaluate(config, min_budget), i) for i, config in enumerate(configs)]
    scored.sort()
    kept = scored[: len(configs) // eta] or scored[:1]
    return successive_halving([configs[i] for _, i in kept], evaluate, eta * min_budget, eta)

# %% accept successive_halving: powers of eta, sorted with a key
def successive_halving(configs, evaluate, min_budget, eta=2):
    left, rung = list(configs), 0
    while len(left) != 1:
        budget = min_budget * eta**rung
        scored = sorted(((evaluate(c, budget), c) for c in left), key=lambda pair: pair[0])
        left = [c for _, c in scored][: max(len(left) // eta, 1)]
        rung += 1
    return left.pop()

# %% accept successive_halving: from the last to the first, heapq
import heapq

def successive_halving(configs, evaluate, min_budget, eta=2):
    alive, budget = list(range(len(configs))), min_budget
    while len(alive) > 1:
        losses = {i: evaluate(configs[i], budget) for i in reversed(alive)}
        print("rung", budget, len(alive))
        alive = heapq.nsmallest(max(1, int(len(alive) / eta)), alive, key=losses.get)
        budget *= eta
    return configs[alive[0]]

# %% accept successive_halving: throws the worst out one by one
def successive_halving(configs, evaluate, min_budget, eta=2):
    rest, budget = configs[:], min_budget
    while len(rest) > 1:
        losses = [evaluate(config, budget) for config in rest]
        target = max(1, len(rest) // eta)
        while len(rest) > target:
            worst = losses.index(max(losses))
            del rest[worst], losses[worst]
        budget *= eta
    return rest[0]

# %% reject successive_halving: keeps the highest losses
# message: should be kept
def successive_halving(configs, evaluate, min_budget, eta=2):
    budget = min_budget
    while len(configs) > 1:
        losses = [evaluate(config, budget) for config in configs]
        n_kept = max(1, len(configs) // eta)
        configs = [configs[i] for i in np.argsort(losses)[::-1][:n_kept]]
        budget *= eta
    return configs[0]

# %% reject successive_halving: the budget stays
# message: multiply the budget
def successive_halving(configs, evaluate, min_budget, eta=2):
    while len(configs) > 1:
        losses = [evaluate(config, min_budget) for config in configs]
        n_kept = max(1, len(configs) // eta)
        configs = [configs[i] for i in np.argsort(losses)[:n_kept]]
    return configs[0]

# %% reject successive_halving: the budget grows before the first rung
# message: evaluate was called with the budgets
def successive_halving(configs, evaluate, min_budget, eta=2):
    budget = min_budget
    while len(configs) > 1:
        budget *= eta
        losses = [evaluate(config, budget) for config in configs]
        n_kept = max(1, len(configs) // eta)
        configs = [configs[i] for i in np.argsort(losses)[:n_kept]]
    return configs[0]

# %% reject successive_halving: always halves, always doubles
# message: eta=3
def successive_halving(configs, evaluate, min_budget, eta=2):
    budget = min_budget
    while len(configs) > 1:
        losses = [evaluate(config, budget) for config in configs]
        configs = [configs[i] for i in np.argsort(losses)[: max(1, len(configs) // 2)]]
        budget *= 2
    return configs[0]

# %% reject successive_halving: rounds up
# message: wrong
def successive_halving(configs, evaluate, min_budget, eta=2):
    budget = min_budget
    while len(configs) > 1:
        losses = [evaluate(config, budget) for config in configs]
        n_kept = -(-len(configs) // eta)
        configs = [configs[i] for i in np.argsort(losses)[:n_kept]]
        budget *= eta
    return configs[0]

# %% reject successive_halving: none left of two with eta=3
# message: stopped with an error
def successive_halving(configs, evaluate, min_budget, eta=2):
    budget = min_budget
    while len(configs) > 1:
        losses = [evaluate(config, budget) for config in configs]
        configs = [configs[i] for i in np.argsort(losses)[: len(configs) // eta]]
        budget *= eta
    return configs[0]

# %% reject successive_halving: evaluates the last one too
# message: nothing to compare it with
def successive_halving(configs, evaluate, min_budget, eta=2):
    budget = min_budget
    while True:
        losses = [evaluate(config, budget) for config in configs]
        order = np.argsort(losses)
        if len(configs) == 1:
            return configs[0]
        configs = [configs[i] for i in order[: max(1, len(configs) // eta)]]
        budget *= eta

# %% reject successive_halving: a lone configuration is evaluated
# message: without evaluating it
def successive_halving(configs, evaluate, min_budget, eta=2):
    budget = min_budget
    while True:
        losses = [evaluate(config, budget) for config in configs]
        configs = [configs[i] for i in np.argsort(losses)[: max(1, len(configs) // eta)]]
        budget *= eta
        if len(configs) == 1:
            return configs[0]

# %% reject successive_halving: sorts pairs, and dicts cannot be compared
# message: stopped with an error
def successive_halving(configs, evaluate, min_budget, eta=2):
    budget = min_budget
    while len(configs) > 1:
        pairs = sorted((evaluate(config, budget), config) for config in configs)
        configs = [config for _, config in pairs[: max(1, len(configs) // eta)]]
        budget *= eta
    return configs[0]

# %% reject successive_halving: losses in a dict by configuration
# message: stopped with an error
def successive_halving(configs, evaluate, min_budget, eta=2):
    budget = min_budget
    while len(configs) > 1:
        losses = {config: evaluate(config, budget) for config in configs}
        configs = sorted(losses, key=losses.get)[: max(1, len(configs) // eta)]
        budget *= eta
    return configs[0]

# %% reject successive_halving: judges by the first rung for ever
# message: missing or cut short
def successive_halving(configs, evaluate, min_budget, eta=2):
    losses = [evaluate(config, min_budget) for config in configs] if len(configs) > 1 else [0]
    return configs[int(np.argmin(losses))]

# %% reject successive_halving: evaluates anew for every comparison
# message: is wrong
def successive_halving(configs, evaluate, min_budget, eta=2):
    budget = min_budget
    while len(configs) > 1:
        evaluated = [evaluate(config, budget) for config in configs]
        configs = sorted(configs, key=lambda c: evaluate(c, budget))[: max(1, len(configs) // eta)]
        budget *= eta
    return configs[0]

# %% reject successive_halving: adds up the losses of all rungs
# message: should be kept
def successive_halving(configs, evaluate, min_budget, eta=2):
    budget, alive = min_budget, [(0.0, i) for i in range(len(configs))]
    while len(alive) > 1:
        alive = sorted((loss + evaluate(configs[i], budget), i) for loss, i in alive)
        alive = alive[: max(1, len(alive) // eta)]
        budget *= eta
    return configs[alive[0][1]]

# %% reject successive_halving: sorts the caller's list
# message: changes its argument
def successive_halving(configs, evaluate, min_budget, eta=2):
    budget = min_budget
    while len(configs) > 1:
        losses = [evaluate(config, budget) for config in configs]
        order = np.argsort(losses)[: max(1, len(configs) // eta)]
        configs[:] = [configs[i] for i in order]
        budget *= eta
    return configs[0]

# %% reject successive_halving: the index of the winner
# message: none of the configurations
def successive_halving(configs, evaluate, min_budget, eta=2):
    budget, alive = min_budget, list(range(len(configs)))
    while len(alive) > 1:
        losses = [evaluate(configs[i], budget) for i in alive]
        alive = [alive[k] for k in np.argsort(losses)[: max(1, len(alive) // eta)]]
        budget *= eta
    return alive[0]

# %% reject successive_halving: a list with the winner
# message: none of the configurations
def successive_halving(configs, evaluate, min_budget, eta=2):
    budget = min_budget
    while len(configs) > 1:
        losses = [evaluate(config, budget) for config in configs]
        configs = [configs[i] for i in np.argsort(losses)[: max(1, len(configs) // eta)]]
        budget *= eta
    return configs

# %% reject successive_halving: a third is kept by default
# message: eta=2
def successive_halving(configs, evaluate, min_budget, eta=3):
    budget = min_budget
    while len(configs) > 1:
        losses = [evaluate(config, budget) for config in configs]
        configs = [configs[i] for i in np.argsort(losses)[: max(1, len(configs) // eta)]]
        budget *= eta
    return configs[0]

# %% reject successive_halving: no return
# message: Does it end with `return`
def successive_halving(configs, evaluate, min_budget, eta=2):
    budget = min_budget
    while len(configs) > 1:
        losses = [evaluate(config, budget) for config in configs]
        configs = [configs[i] for i in np.argsort(losses)[: max(1, len(configs) // eta)]]
        budget *= eta

# %% reject successive_halving: the budget grows by one step each time
# message: budget
def successive_halving(configs, evaluate, min_budget, eta=2):
    budget = min_budget
    while len(configs) > 1:
        losses = [evaluate(config, budget) for config in configs]
        configs = [configs[i] for i in np.argsort(losses)[: max(1, len(configs) // eta)]]
        budget += min_budget
    return configs[0]

# %% reject successive_halving: not written
# message: not written yet
def successive_halving(configs, evaluate, min_budget, eta=2):
    raise NotImplementedError()
