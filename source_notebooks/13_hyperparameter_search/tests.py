"""The tests of this lesson: `checks.run("grid")` runs `test_grid`, and so on."""

import itertools

import keras
import numpy as np

from helpers import checks
from helpers.checks import answers, models


@checks.beside
def _rng(seed):
    """A generator for an answer to draw from."""
    return np.random.default_rng(seed)


@checks.beside
def _global_state():
    """The state of NumPy's global generator, as a list of numbers."""
    _, keys, *rest = np.random.get_state()
    return [*keys.tolist(), *rest]


def _typed(combinations):
    """The combinations with the type of each value beside it, because 1 == 1.0 == True."""
    return [{name: (type(v), v) for name, v in chosen.items()} for chosen in combinations]


@checks.beside
def _look_at_grid(grid, space):
    """The space after a call, and how many of the entries are objects of their own."""
    combinations = grid(space)
    return space, len({id(chosen) for chosen in combinations})


def _check_grid(space):
    """Compare an answer with itertools.product, and name the usual slips."""
    call = checks.call(answers.grid, space)
    result, names, lists = call.result, list(space), list(space.values())
    checks.require(result is not None, f"{call.label} gave None. Is there a `return`?")
    checks.require(
        isinstance(result, (list, tuple)) and all(isinstance(chosen, dict) for chosen in result),
        f"{call.label} should give a list of dicts. It gave {str(result)[:200]}.",
    )
    expected = [dict(zip(names, values)) for values in itertools.product(*lists)]
    said = f"{call.label} is wrong.\n  yours:    {str(result)[:300]}\n  expected: {str(expected)[:300]}"
    first_fastest = [dict(zip(names, values[::-1])) for values in itertools.product(*lists[::-1])]
    side_by_side = [dict(zip(names, values)) for values in zip(*lists)]
    typed = _typed(result)
    for explanation, mistake in [
        ("", None),
        ("The first key varies fastest. The last one should.", first_fastest),
        (
            "These are the first values, the second values, ... Combine each with each.",
            side_by_side,
        ),
        ("With no keys there is one combination, the empty one: [{}].", [] if not names else None),
    ]:
        if mistake is not None and typed == _typed(mistake) and typed != _typed(expected):
            said += f"\n{explanation}"
    checks.require(
        len(result) == len(expected),
        f"{said}\n{len(result)} combinations; {len(expected)} are expected.",
    )
    if result != expected and all(chosen in result for chosen in expected):
        said += "\nAll combinations are there, but in another order."
    checks.require(result == expected or list(result) == expected, said)
    checks.require(
        typed == _typed(expected),
        f"{said}\nThe values are equal, but of another type. Leave them as they are.",
    )
    given, n_objects = _look_at_grid(answers.grid, space)
    checks.require(
        given == space and _typed([given]) == _typed([space]) and list(given) == names,
        f"{call.label} changes the space it is given.",
    )
    checks.require(
        n_objects == len(result),
        f"{call.label}: several entries are one and the same dict. Make a new one for each.",
    )


def test_grid():
    _check_grid({"rate": [0.1, 0.01], "units": [8, 16]})
    _check_grid({"units": [30]})
    _check_grid({})
    ### BEGIN HIDDEN TESTS
    _check_grid({"b": [1, 2, 3], "a": ["relu", None], "c": [(30,), (30, 30)]})
    _check_grid({"z": [3, 1, 2], "y": [True, 1.0], "x": [0], "w": [[1, 2], [3]]})
    _check_grid({"rate": [0.1, 0.1], "units": [8, "8"]})
    rng = checks.fresh_rng()
    for _ in range(5):
        names = rng.permutation(list("abcdef")).tolist()[: rng.integers(2, 5)]
        _check_grid({name: rng.integers(100, size=rng.integers(1, 5)).tolist() for name in names})
    ### END HIDDEN TESTS


@checks.beside
def _space_after(sample, space, seed):
    """The names and values of a space after a call."""
    sample(space, np.random.default_rng(seed))
    return list(space.items())


@checks.beside
def _sampled(sample, space, rng, n):
    """What n calls give, one after another."""
    return [sample(space, rng) for _ in range(n)]


def _draws(space, n, seed=0):
    """n draws, after checks of the form and of where the randomness comes from."""
    rng = _rng(seed)
    call = checks.call(answers.sample, space, rng)
    chosen = call.result
    checks.require(chosen is not None, f"{call.label} gave None. Is there a `return`?")
    checks.require(
        isinstance(chosen, dict), f"{call.label} should give a dict. It gave {str(chosen)[:100]}."
    )
    checks.require(
        set(chosen) == set(space),
        f"{call.label} gave the names {sorted(chosen)}. Expected {sorted(space)}.",
    )
    checks.require(
        _space_after(answers.sample, space, seed) == [*space.items()],
        f"{call.label} changes the space it is given.",
    )
    before = _global_state()
    draws = [chosen, *_sampled(answers.sample, space, rng, n - 1)]
    checks.require(
        _global_state() == before,
        "sample draws from NumPy's global generator (np.random....). Use the argument rng.",
    )
    checks.require(
        _sampled(answers.sample, space, _rng(seed), 20) == draws[:20],
        "The same seed gives other draws the second time. All randomness must come from rng.",
    )
    checks.require(
        _sampled(answers.sample, space, _rng(seed + 1), 20) != draws[:20],
        "Two different seeds give the same draws. Draw from the argument rng.",
    )
    return draws


def _floats(draws, name, low, high):
    """The values of one name as an array, after a check of their type and bounds."""
    values = [chosen[name] for chosen in draws]
    for value in values:
        checks.require(
            np.ndim(value) == 0 and np.asarray(value).dtype.kind == "f",
            f"For a tuple of bounds sample should give a float. It gave {value!r}.",
        )
    array = np.array([float(value) for value in values])
    slack = 1e-9 * max(abs(low), abs(high))
    outside = array[~((array >= low - slack) & (array <= high + slack))]
    checks.require(
        not len(outside), f"Between {low:g} and {high:g} sample drew {outside[:1]}: out of bounds."
    )
    checks.require(
        len(set(array)) > 0.9 * len(array),
        f"Between {low:g} and {high:g} there were only {len(set(array))} different values in "
        f"{len(array)} draws. Any number in between must be possible.",
    )
    return array


def _distance(values, low, high):
    """Largest distance between the distribution of the values and the uniform one (0 to 1)."""
    expected = (np.sort(values) - low) / (high - low)
    return np.abs(expected - (np.arange(len(values)) + 0.5) / len(values)).max()


# Of 2,000 draws that are right the distance is above 0.07 once in a hundred million runs; a uniform
# draw taken for a log-uniform one is at 0.3 and more. A share strays by 0.011, here 0.07 is allowed.
def _check_uniform(draws, name, low, high):
    values = _floats(draws, name, low, high)
    wrong = _distance(values, low, high)
    said = f"The draws between {low:g} and {high:g} are not uniform"
    if low > 0 and _distance(np.log(values), np.log(low), np.log(high)) < 0.07:
        said += '. They are log-uniform, but there is no "log" in the tuple'
    checks.require(wrong < 0.07, f"{said}. Half of them should be below {(low + high) / 2:g}.")


def _check_log_uniform(draws, name, low, high):
    values = _floats(draws, name, low, high)
    wrong = _distance(np.log(values), np.log(low), np.log(high))
    middle = np.sqrt(low * high)
    said = f'For ({low:g}, {high:g}, "log") {np.mean(values < middle):.0%} of the draws are below {middle:g}'
    if _distance(values, low, high) < 0.07:
        said += ". They are uniform: draw the logarithm uniformly, then take the exponential"
    checks.require(wrong < 0.07, f"{said}. It should be a half, and as many in each decade.")


def _check_choice(draws, name, options):
    values = [chosen[name] for chosen in draws]
    places = []
    for value in values:
        same = [
            i for i, option in enumerate(options) if type(option) is type(value) and option == value
        ]
        if not same:
            close = any(option is not None and str(option) == str(value) for option in options)
            raise checks.CheckFailed(
                f"From the list {options} sample drew {value!r} of type {type(value).__name__}. "
                + (
                    "Return the element as it is (hint 2)."
                    if close
                    else "That is not one of its elements."
                )
            )
        places.append(same[0])
    shares = np.bincount(places, minlength=len(options)) / len(values)
    checks.require(
        np.all(np.abs(shares - 1 / len(options)) < 0.07),
        f"The elements of {options} are drawn with the shares {np.round(shares, 2)}. Expected "
        f"{1 / len(options):.2f} each.",
    )
    return np.array(places)


def test_sample():
    space = {"rate": (1e-4, 1.0, "log"), "units": [8, 16, 32], "dropout": (0.0, 0.5)}
    draws = _draws(space, 2000)
    _check_choice(draws, "units", space["units"])
    _check_uniform(draws, "dropout", 0.0, 0.5)
    _check_log_uniform(draws, "rate", 1e-4, 1.0)
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    # Bounds with some digits cut off, so that messages are easy to read.
    low = round(rng.uniform(1.5, 2.5), 2)
    logarithmic = {"l2": (2, int(rng.integers(300, 900)), "log"), "penalty": (1e-6, 1e-2, "log")}
    uniform = {
        "momentum": (-1, int(rng.integers(2, 9))),
        "units": (10.0, 12.0),
        "shift": (low, 200 * low),
    }
    lists = {
        "activation": ["relu", "selu", None],
        "layers": [(30,), (30, 30)],
        "optimizer": ["log", "sgd"],
        "ends": [1, int(rng.integers(50, 150))],
        "only": [True],
    }
    space = lists | logarithmic | uniform
    space = {name: space[name] for name in rng.permutation(list(space)).tolist()}
    draws = _draws(space, 2000, seed=int(rng.integers(1 << 30)))
    for name, options in lists.items():
        _check_choice(draws, name, options)
    for name, (low, high, _) in logarithmic.items():
        _check_log_uniform(draws, name, low, high)
    for name, (low, high) in uniform.items():
        _check_uniform(draws, name, low, high)
    # Right draws correlate by 0.022 or so; those made from one random number by nearly 1.
    ends = _check_choice(draws, "ends", space["ends"])
    columns = [[chosen[name] for chosen in draws] for name in uniform]
    columns += [np.log([chosen[name] for chosen in draws]) for name in logarithmic]
    correlations = np.corrcoef([*columns, ends]) - np.eye(len(columns) + 1)
    checks.require(
        np.abs(correlations).max() < 0.15,
        "The values of one draw depend on one another. Draw a new random number for each name.",
    )
    checks.require(answers.sample({}, _rng(0)) == {}, "An empty space gives {}.")
    ### END HIDDEN TESTS


def _check_random_search(scores, space, seed=0):
    """Run the answer on an objective that returns these scores one after another."""
    scores, seen = [float(score) for score in scores], []

    def objective(params):
        seen.append(dict(params))
        return scores[(len(seen) - 1) % len(scores)]

    call = checks.call(answers.random_search, objective, space, len(scores), _rng(seed))
    if np.isnan(scores).all():
        call.raises(ValueError, "all trials gave NaN")
    said = f"With {len(scores)} trials whose scores are {scores[:8]}: "
    try:
        result = None if np.isnan(scores).all() else call.result
    except ValueError as error:
        raise checks.CheckFailed(
            f"{said}it raised ValueError ({error}), but not all of them are NaN. NaN never wins and changes "
            "nothing, not even when it comes first; inf is a score like others."
        ) from error
    checks.require(
        len(seen) == len(scores),
        f"{said}objective was called {len(seen)} times. Expected: {len(scores)} times, each may be a "
        "whole training.",
    )
    for name, bounds in space.items():
        values = [params.get(name) for params in seen]
        checks.require(
            all(value is not None and bounds[0] <= value <= bounds[1] for value in values),
            f"{said}objective was called with {seen[0]}. Draw the params from the space {space}.",
        )
        checks.require(
            len(set(values)) == len(values),
            f"{said}objective was called with the same params again. Draw anew for each trial.",
        )
    if np.isnan(scores).all():
        return seen
    checks.require(result is not None, f"{said}you gave None. Is there a `return`?")
    checks.require(
        isinstance(result, (tuple, list)) and len(result) == 2,
        f"{said}a pair (best_params, best_score) is expected; you gave {str(result)[:100]}.",
    )
    params, score = result  # pyright: ignore[reportGeneralTypeIssues]
    checks.require(
        not isinstance(score, dict), f"{said}the pair is swapped: first the params, then the score."
    )
    lowest = np.nanmin(scores)
    checks.compare(
        score,
        lowest,
        f"{said}the best score",
        mistakes={
            "NaN never wins. Every comparison with NaN is false (hint 2).": np.nan,
            "The lowest score wins, not the highest.": np.nanmax(scores),
            "That is the last score, not the lowest.": scores[-1],
        },
    )
    best = [given for given, s in zip(seen, scores) if s == lowest]
    checks.require(
        params in best,
        f"{said}best_params are {params}, but the score {lowest:g} was measured with {best[0]}.",
    )
    return seen


@checks.beside
def _uniform(space, rng):
    """What `sample` does with the spaces of these checks: (low, high) for each name."""
    return {name: rng.uniform(*bounds) for name, bounds in space.items()}


@checks.lending(sample=_uniform)  # a mistake in yours costs nothing here
def test_random_search():
    space = {"rate": (0.0, 1.0), "units": (1.0, 9.0)}
    _check_random_search([3.0, 1.0, 2.0], space)
    _check_random_search([np.nan, 5.0, 4.0, np.nan], space)
    _check_random_search([np.nan, np.nan], space)
    ### BEGIN HIDDEN TESTS
    rng = checks.fresh_rng()
    seed, before = int(rng.integers(1 << 30)), _global_state()
    first = _check_random_search([4.0, np.nan, 2.0, 2.5, 3.0], space, seed)
    again = _check_random_search([4.0, np.nan, 2.0, 2.5, 3.0], space, seed)
    other = _check_random_search([4.0, np.nan, 2.0, 2.5, 3.0], space, seed + 1)
    checks.require(
        first == again and _global_state() == before,
        "The same seed of rng gives other trials the second time. Draw from rng and nothing else.",
    )
    checks.require(
        first != other, "Two seeds of rng give the same trials. Draw from the given rng."
    )
    _check_random_search([0.5], space)
    _check_random_search([1.0, 1.0, np.nan, 1.0], space)
    _check_random_search([-1.0, -3.0, 0.0, -2.0], space)
    _check_random_search([2e9, 3e9], space)
    _check_random_search([np.inf, np.nan], space)
    _check_random_search([np.nan, np.inf, np.inf], space)
    _check_random_search([np.nan, np.inf, 7.0], space)
    _check_random_search([np.nan], space)
    for _ in range(4):
        low, width = rng.uniform(-5, 5, 2), rng.uniform(0.1, 20, 2)
        space = {name: (low[i], low[i] + width[i]) for i, name in enumerate(("x", "y"))}
        scores = rng.permutation(np.r_[rng.normal(0, 10, rng.integers(4, 20)), np.nan, np.inf])
        _check_random_search(scores, space, int(rng.integers(1 << 30)))
    ### END HIDDEN TESTS


def _check_regressor(model, sizes, learning_rate, label, seed=0):
    """Give the model known weights, and compare what it computes and what it reports."""
    models.built(model, label)
    weights = models.set_dense_weights(model, sizes, seed, label)
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(32, 8)).astype("float32")
    expected = models.dense_forward(weights, x, models.relu)
    mistakes = {
        "The output has a ReLU. A regressor's output is linear.": models.relu(expected),
        "The output has a sigmoid. A regressor's output is linear.": models.sigmoid(expected),
    }
    if len(sizes) > 2:
        mistakes |= {
            "The hidden layers have no activation.": models.dense_forward(weights, x, lambda z: z),
            "The hidden layers use tanh, not ReLU.": models.dense_forward(weights, x, np.tanh),
        }
    models.computes(model, x, expected, mistakes=mistakes)
    models.compiled(model, keras.optimizers.SGD, learning_rate, label)
    momentum = checks.value(model.optimizer.momentum)
    checks.require(
        not momentum,
        f"{label} is compiled with momentum = {momentum}. Plain SGD is asked for.",
    )
    y = rng.normal(size=(32, 1)).astype("float32")
    models.reports(
        model,
        x,
        y,
        {"loss": np.mean((expected - y) ** 2)},
        hints={"loss": "The loss is the mean squared error, 'mse', and nothing is added to it."},
    )


### BEGIN HIDDEN TESTS
@checks.beside
def _trained(model, batches):
    """The weights after a step for each batch."""
    model.run_eagerly = True
    for x, y in batches:
        model.train_on_batch(x, y)
    return [np.array(weight) for weight in model.weights]


def _check_training(model, sizes, learning_rate, label, rng):
    """Compare two steps of training with those of a network of the same weights."""
    own = keras.Sequential([keras.Input(sizes[:1])])
    for n_units in sizes[1:-1]:
        own.add(keras.layers.Dense(n_units, activation="relu"))
    own.add(keras.layers.Dense(sizes[-1]))
    own.compile(keras.optimizers.SGD(learning_rate), "mean_squared_error", run_eagerly=True)
    weights = models.set_dense_weights(model, sizes, int(rng.integers(1000)), label)
    own.set_weights([array for layer in weights for array in layer])
    batches = rng.normal(size=(2, 16, 9)).astype("float32")
    batches = [(batch[:, :8], batch[:, 8:]) for batch in batches]
    for x, y in batches:
        own.train_on_batch(x, y)
    for actual, expected in zip(_trained(model, batches), own.get_weights()):
        checks.compare(
            actual,
            expected,
            f"a weight of {label} after two steps of plain SGD on the mean squared error",
            rtol=1e-3,
            atol=1e-4,
        )


### END HIDDEN TESTS


def test_build_model():
    model = checks.call(answers.build_model).result
    _check_regressor(model, [8, 30, 1], 3e-3, "build_model()")
    other = checks.call(
        answers.build_model, hidden_layers=2, layer_size=7, learning_rate=0.25
    ).result
    _check_regressor(other, [8, 7, 7, 1], 0.25, "build_model(2, 7, 0.25)")
    ### BEGIN HIDDEN TESTS
    again = checks.call(
        answers.build_model, hidden_layers=1, layer_size=30, learning_rate=3e-3
    ).result
    models.separate(model, again)
    checks.require(
        checks.value(again.optimizer) is not checks.value(model.optimizer),
        "Two calls give models that share an optimizer.",
    )
    linear = checks.call(answers.build_model, hidden_layers=0).result
    _check_regressor(linear, [8, 1], 3e-3, "build_model(hidden_layers=0)")
    deep = checks.call(answers.build_model, 3, 5, 0.5).result
    _check_regressor(deep, [8, 5, 5, 5, 1], 0.5, "build_model(3, 5, 0.5)", seed=1)
    rng = checks.fresh_rng()
    n_layers, n_units = (int(number) for number in rng.integers((1, 3), (4, 20)))
    rate = round(rng.uniform(0.001, 0.01), 5)
    label, sizes = f"build_model({n_layers}, {n_units}, {rate})", [8, *[n_units] * n_layers, 1]
    fresh = checks.call(answers.build_model, n_layers, n_units, rate).result
    _check_regressor(fresh, sizes, rate, label, int(rng.integers(1000)))
    _check_training(fresh, sizes, rate, label, rng)
    ### END HIDDEN TESTS


def _generation(population, scores, seed=0, **settings):
    """One call; checks the shape and the elites, returns the children."""
    population, scores = np.array(population, dtype=float), np.array(scores, dtype=float)
    call = checks.call(answers.evolve, population, scores, _rng(seed), **settings)
    checks.require(call.result is not None, f"{call.label} gave None. Is there a `return`?")
    result, n_elite = np.asarray(call.result), settings.get("n_elite", 2)
    checks.require(
        result.shape == population.shape,
        f"{call.label} has the wrong shape: {result.shape}. Expected {population.shape}.",
    )
    ranked = np.take(population, np.argsort(scores), axis=0)
    checks.compare(
        result[:n_elite],
        ranked[:n_elite],
        f"the first {n_elite} rows (elites) of {call.label}",
        mistakes={
            "These are the worst rows. Lower scores are better.": ranked[::-1][:n_elite],
            "The best ones, but the best should come first.": ranked[:n_elite][::-1],
            "These are the first rows, whatever their score.": population[:n_elite],
        },
    )
    return result[n_elite:]


def _parents_of(children, population, scores):
    """The pool rows that each element comes from, (n, d), for mutation=0 and all values different."""
    p = len(population)
    ranked = np.array(population, dtype=float)[np.argsort(scores)]
    pool = ranked[: -(-p // 2)]
    near = np.isclose(children[:, None], ranked[None], rtol=0, atol=1e-6)  # (child, row, element)
    found = near.any(axis=1)
    same_column = "Each element comes from the same column of a parent"
    checks.require(
        found.all(),
        f"With mutation=0 a child holds {children[~found][:1]}, which is in no parent's place. "
        f"{same_column}, with no averaging and, for mutation=0, no noise.",
    )
    rows = near.argmax(axis=1)
    checks.require(
        rows.max() < len(pool),
        f"An element comes from the row ranked {rows.max() + 1} of {p}. Parents are the best {len(pool)}: "
        "half of p, rounded up.",
    )
    return rows


def _check_crossover(p, d, n_elite, seed):
    """Check the parents and the mixing, by counts whose margins are six standard deviations or more."""
    rng = np.random.default_rng(seed)
    population = rng.permutation(p * d).reshape(p, d).astype(float)
    scores = rng.permutation(p) - p / 2
    pool = -(-p // 2)
    counts, n_children, n_mixed, pairs, alike = np.zeros(pool), 0, 0, set(), []
    unevenness = []
    for turn in range(40):
        children = _generation(population, scores, 100 * seed + turn, n_elite=n_elite, mutation=0)
        rows = _parents_of(children, population, scores)
        for row in rows:
            used, numbers = np.unique(row, return_counts=True)
            checks.require(
                len(used) <= 2,
                f"One child has elements of {len(used)} different rows. A child has two parents.",
            )
            pairs.add(tuple(used))
            counts[used] += 1 / len(used)
            n_children += 1
            if len(used) == 1:
                continue
            n_mixed += 1
            checks.require(
                0.5 - 3.2 / np.sqrt(d) < numbers[0] / d < 0.5 + 3.2 / np.sqrt(d),
                f"Of {d} elements of a child {numbers[0]} come from one parent and {numbers[1]} from the "
                "other. Toss a fair coin for each element.",
            )
            unevenness.append((numbers[0] - numbers[1]) ** 2 / d)  # 1 on average for a fair coin
            switches = np.mean(row[1:] != row[:-1])
            checks.require(
                switches > 0.5 - 3.2 / np.sqrt(d),
                "The child is cut into long pieces of its parents. In uniform crossover every element is "
                "decided on its own.",
            )
        alike.append((rows == rows[0]).all(axis=0).mean())
    checks.require(
        len(rows) < 4 or np.mean(alike) < 0.6,
        "All children of a generation are the same. Draw and toss anew for each child.",
    )
    # Two parents drawn with replacement differ with probability 1 - 1/pool, without always.
    checks.require(
        n_mixed > 0.4 * (1 - 1 / pool) * n_children,
        f"Of {n_children} children only {n_mixed} have elements of two parents: there is hardly any or no "
        "crossover. Toss a coin for each element.",
    )
    # The mean of 40 of them or more is above 2.5 once in two million runs.
    checks.require(
        np.mean(unevenness) < 2.5,
        "The coin is not fair: over many children one parent gives clearly more elements than the other. Each "
        "has the probability 1/2.",
    )
    shares = counts / n_children
    margin = 6 * np.sqrt((1 - 1 / pool) / pool / 2 / n_children)
    checks.require(
        np.all(np.abs(shares - 1 / pool) < margin),
        f"Over {n_children} children the {pool} best rows are parents with the shares "
        f"{np.round(shares, 2)}. Each should be drawn equally often, {1 / pool:.2f}.",
    )
    checks.require(
        pool < 3 or len(pairs) > 2,
        f"There are only these pairs of parents: {pairs}. Draw them anew.",
    )


def _check_noise(mutation=None, n_elite=None, seed=0):
    """Check the noise on children of equal parents. 9,600 numbers: their std strays by 0.7 %."""
    p, d = 50, 200
    population, scores = np.full((p, d), 5.0), np.arange(p)
    given = {"n_elite": n_elite, "mutation": mutation}
    given = {name: value for name, value in given.items() if value is not None}
    children = _generation(population, scores, seed, **given)
    mutation = given.get("mutation", 0.1)
    noise = (children - 5.0) / mutation
    checks.require(
        len(np.unique(noise)) > 0.99 * noise.size,
        "Several elements get the same noise. Draw a new number for each element of each child.",
    )
    std = noise.std()
    said = f"The noise has a standard deviation of {std * mutation:.3g}. Expected: mutation = {mutation}"
    said += "." if "mutation" in given else ", which is the default."
    if np.isclose(std, mutation**0.5 / mutation, rtol=0.05):
        said += " mutation is the standard deviation, not the variance."
    if np.isclose(std * mutation, 0.1, rtol=0.05) or np.isclose(std * mutation, 1, rtol=0.05):
        said += " Is the argument used?"
    checks.require(abs(std - 1) < 0.06, said)
    checks.require(
        abs(noise.mean()) < 0.07,
        f"The noise has the mean {noise.mean() * mutation:.3g}. Expected 0.",
    )
    tails = np.mean(np.abs(noise) > 2)  # 4.6 %, +-0.2 %; uniform noise of this width has none
    checks.require(
        0.03 < tails < 0.06, "The noise is not Gaussian: too few or too many numbers are far out."
    )


def test_evolve():
    population, scores = [[0, 0], [1, 10], [5, 50], [3, 30]], [9, 1, 5, 3]
    children = _generation(population, scores, n_elite=1, mutation=0)
    _parents_of(children, population, scores)
    _check_crossover(p=8, d=400, n_elite=2, seed=1)
    _check_noise()  # by default two elites, and noise of 0.1
    ### BEGIN HIDDEN TESTS
    _generation([[4, 5], [3, 3], [2, 1], [0, 9]], [3, 1, 0, 2], n_elite=3, mutation=0.5)
    rng = checks.fresh_rng()
    seed = int(rng.integers(1 << 20))
    _check_crossover(p=7, d=300, n_elite=0, seed=seed)
    _check_crossover(p=3, d=300, n_elite=1, seed=seed + 1)
    _check_noise(rng.uniform(2, 5), n_elite=1, seed=seed)
    _check_noise(rng.uniform(0.02, 0.05), n_elite=2, seed=seed + 1)
    population, scores = rng.normal(size=(5, 3)), rng.normal(size=5)
    _generation(population, scores, n_elite=5)
    _generation(population, scores, n_elite=4, mutation=0.5)
    children = _generation(population, scores, n_elite=0, mutation=0)
    _parents_of(children, population, scores)
    before = _global_state()
    noisy = _generation(population, scores, seed)
    checks.require(noisy.shape == (3, 3), "By default two rows are elites.")
    checks.require(
        np.array_equal(noisy, _generation(population, scores, seed)) and _global_state() == before,
        "The same seed gives another generation the second time. Draw from rng and nothing else.",
    )
    checks.require(
        not np.array_equal(noisy, _generation(population, scores, seed + 1)),
        "Two seeds give the same generation. Draw from the given rng.",
    )
    ### END HIDDEN TESTS


def _check_halving(configs, loss, min_budget, **eta):
    """Run the answer with a known loss(config, budget), and follow it from rung to rung."""
    calls = []

    def evaluate(config, budget):
        calls.append((config, budget))
        return float(loss(config, budget))

    call = checks.call(answers.successive_halving, configs, evaluate, min_budget, **eta)
    winner, factor = call.result, eta.get("eta", 2)
    label = f"successive_halving of {len(configs)} configurations, min_budget={min_budget}, eta={factor}"
    checks.require(
        winner is not None or None in configs, f"{label} gave None. Does it end with `return`?"
    )
    checks.require(
        any(winner == config for config in configs),
        f"{label} gave {winner!r}, which is none of the configurations. Return the winner itself.",
    )
    if len(configs) == 1:
        checks.require(
            not calls, f"{label}: a lone configuration is returned without evaluating it."
        )
    left, budget, at = list(configs), min_budget, 0
    while len(left) > 1:
        rung = calls[at : at + len(left)]
        said = f"{label}: the rung of {len(left)} configurations with budget {budget}"
        checks.require(rung, f"{said} is missing. Go on until one is left.")
        budgets = [b for _, b in rung]
        same = sum(b == budget for b in budgets)
        more = ""
        if same == len(left) and len(calls) > at + len(left) and calls[at + len(left)][1] == budget:
            more = (
                f" There are more than {len(left)} calls with this budget. Call evaluate once for each, then "
                "multiply the budget by eta."
            )
        elif same < len(left):
            more = f" evaluate was called with the budgets {budgets}."
        checks.require(same == len(left) and not more, f"{said} is wrong.{more}")
        unseen = list(left)
        for config, _ in rung:
            checks.require(
                config in unseen,
                f"{said}: evaluate was called with {config}, which is not among those left: {left}. Keep "
                "the lowest losses of the last rung, and evaluate each once.",
            )
            unseen.remove(config)
        losses = sorted(float(loss(config, budget)) for config in left)
        n_kept = max(1, len(left) // factor)
        at += len(left)
        kept = [config for config, _ in calls[at : at + n_kept]] if n_kept > 1 else [winner]
        checks.require(
            len(kept) == n_kept,
            f"{label}: after the rung with budget {budget} there are {n_kept} configurations left, and the rung "
            f"that compares them is missing or cut short. There are {len(calls)} calls of evaluate in all.",
        )
        kept_losses = sorted(float(loss(config, budget)) for config in kept if config in left)
        checks.require(
            kept_losses == losses[:n_kept],
            f"{label}: after the rung with budget {budget} these are kept: {kept}. The losses of this rung "
            f"are, in order, {losses[:9]}; the lowest {n_kept} should be kept.",
        )
        if n_kept > 1:
            counts = [left.count(config) >= kept.count(config) for config in kept]
            checks.require(
                all(counts), f"{label}: a configuration is kept more often than it is there."
            )
        left, budget = kept, budget * factor
    checks.require(
        len(calls) == at,
        f"{label}: evaluate was called {len(calls)} times. Expected {at}: when one is left, there is "
        "nothing to compare it with.",
    )
    checks.require(winner in left, f"{label} gave {winner}. Expected {left[0]}.")


### BEGIN HIDDEN TESTS
@checks.beside
def _own_number(config, budget):
    """A loss for configurations that are numbers."""
    return config


@checks.beside
def _configs_after(successive_halving, configs):
    """The list of configurations after a call."""
    successive_halving(configs, _own_number, 1)
    return configs


### END HIDDEN TESTS


def test_successive_halving():
    eight = [{"rate": rate} for rate in (5, 3, 8, 1, 7, 2, 6, 4)]
    _check_halving(eight, lambda config, budget: config["rate"] / budget, 1)
    _check_halving(eight + [{"rate": 0}, {"rate": 9}], lambda c, b: c["rate"], 1, eta=3)
    # The leader of the first rung, 1, is the worst of the later ones.
    _check_halving(list("abcd"), lambda c, b: "abcd".index(c) * (1 if b == 5 else -1), 5)
    ### BEGIN HIDDEN TESTS
    _check_halving([{"rate": 3}], lambda config, budget: 1.0, 1)
    _check_halving([{"a": 1}, {"a": 2}], lambda config, budget: config["a"], 4, eta=3)
    _check_halving([{"a": 2}, {"a": 1}, {"a": 3}], lambda config, budget: config["a"], 4, eta=3)
    _check_halving([{"a": i} for i in range(7)], lambda config, budget: 1.0, 2)  # all equal
    _check_halving(["b", "a", "b", "c", "a"], lambda c, b: "abc".index(c), 3)  # twice the same
    rng = checks.fresh_rng()
    losses = {
        (i, b): rng.normal() - 5 for i in range(30) for b in (1, 2, 3, 4, 6, 8, 9, 12, 16, 18, 27)
    }
    for n, min_budget, eta in [
        (30, 1, 2),
        (27, 1, 3),
        (26, 1, 3),
        (11, 3, 2),
        (13, 2, 3),
        (15, 1, 4),
    ]:
        configs = [(i, "config") for i in rng.permutation(n).tolist()]
        _check_halving(configs, lambda c, b: losses.get((c[0], b), 0.0), min_budget, eta=eta)
    numbers = [3.5, -2.0, 8.0, 1.0, 0.5]
    _check_halving(numbers, lambda config, budget: abs(config), 1)
    _check_halving(numbers, lambda config, budget: np.inf if config > 0 else 1, 1)
    checks.require(
        _configs_after(answers.successive_halving, [4, 3, 2, 1]) == [4, 3, 2, 1],
        "successive_halving changes the list configs. Work on a copy.",
    )
    ### END HIDDEN TESTS
