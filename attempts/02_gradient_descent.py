# %% accept gd_step: a loop into a new dict
def gd_step(params, gradients, learning_rate):
    new = {}
    for name, value in params.items():
        new[name] = value - learning_rate * gradients[name]
    return new

# %% accept gd_step: copies the dict, then assigns
def gd_step(params, gradients, learning_rate):
    new = dict(params)
    for name in new:
        new[name] = new[name] - learning_rate * gradients[name]
    return new

# %% accept gd_step: deep copy, then in place
import copy

def gd_step(params, gradients, learning_rate):
    params = copy.deepcopy(params)
    for k in params:
        params[k] = np.subtract(params[k], learning_rate * gradients[k])
    return params

# %% accept gd_step: TensorFlow's arithmetic
def gd_step(params, gradients, learning_rate):
    return {k: tf.convert_to_tensor(p) - learning_rate * tf.cast(gradients[k], tf.as_dtype(p.dtype)) if p.dtype.kind == "f" else p - learning_rate * gradients[k] for k, p in params.items()}

# %% accept gd_step: zip over sorted keys
def gd_step(params, gradients, learning_rate):
    keys = list(params)
    return dict(zip(keys, [params[k] + -learning_rate * gradients[k] for k in keys]))

# %% reject gd_step: uphill
# message: uphill
def gd_step(params, gradients, learning_rate):
    return {k: params[k] + learning_rate * gradients[k] for k in params}

# %% reject gd_step: in place
# message: changes its argument
def gd_step(params, gradients, learning_rate):
    for k in params:
        params[k] -= learning_rate * gradients[k]
    return params

# %% reject gd_step: a new dict of the old arrays, changed in place
# message: changes its argument
def gd_step(params, gradients, learning_rate):
    new = dict(params)
    for k in new:
        new[k] -= learning_rate * gradients[k]
    return new

# %% reject gd_step: puts new arrays into the old dict
# message: changes its argument
def gd_step(params, gradients, learning_rate):
    for k in params:
        params[k] = params[k] - learning_rate * gradients[k]
    return params

# %% reject gd_step: no rate
# message: learning rate is not used
def gd_step(params, gradients, learning_rate):
    return {k: params[k] - gradients[k] for k in params}

# %% reject gd_step: only the step
# message: step alone
def gd_step(params, gradients, learning_rate):
    return {k: -learning_rate * gradients[k] for k in params}

# %% reject gd_step: the keys of lesson 01 only
# message: dict with the keys
def gd_step(params, gradients, learning_rate):
    return {k: params[k] - learning_rate * gradients[k] for k in ("W1", "b1", "W2", "b2") if k in params}

# %% reject gd_step: a list
# message: dict with the keys
def gd_step(params, gradients, learning_rate):
    return [params[k] - learning_rate * gradients[k] for k in params]

# %% reject gd_step: no return
# message: should be a dict
def gd_step(params, gradients, learning_rate):
    new = {k: params[k] - learning_rate * gradients[k] for k in params}

# %% accept repair_descent: copies of a point
def repair_descent(gradient, start, learning_rate, n_steps):
    point = np.array(start, dtype=float)
    path = [point.copy()]
    for _ in range(n_steps):
        point -= learning_rate * gradient(point)
        path.append(point.copy())
    return np.array(path)

# %% accept repair_descent: an array made beforehand
def repair_descent(gradient, start, learning_rate, n_steps):
    path = np.empty((n_steps + 1, len(start)))
    path[0] = start
    for i in range(n_steps):
        path[i + 1] = path[i] - learning_rate * gradient(path[i])
    return path

# %% accept repair_descent: new points each time
def repair_descent(gradient, start, learning_rate, n_steps):
    point = start * 1.0
    path = [point]
    for _ in range(n_steps):
        point = point - learning_rate * gradient(point)
        path.append(point)
    return np.stack(path)

# %% accept repair_descent: a list of lists
def repair_descent(gradient, start, learning_rate, n_steps):
    path = [list(map(float, start))]
    for _ in range(n_steps):
        here = np.array(path[-1])
        path.append(list(here - learning_rate * gradient(here)))
    return path

# %% accept repair_descent: recursion
def repair_descent(gradient, start, learning_rate, n_steps):
    start = np.asarray(start, float)
    if n_steps == 0:
        return start[None]
    step = start - learning_rate * gradient(start)
    return np.vstack([start[None], repair_descent(gradient, step, learning_rate, n_steps - 1)])

# %% reject repair_descent: as handed out
# message: All rows are one and the same array, the last point, and the steps go uphill
def repair_descent(gradient, start, learning_rate, n_steps):
    point = start
    path = [point]
    for _ in range(n_steps):
        point += learning_rate * gradient(point)
        path.append(point)
    return np.array(path)

# %% reject repair_descent: only the sign is mended
# message: one and the same array
def repair_descent(gradient, start, learning_rate, n_steps):
    point = start
    path = [point]
    for _ in range(n_steps):
        point -= learning_rate * gradient(point)
        path.append(point)
    return np.array(path)

# %% reject repair_descent: copies, but uphill
# message: uphill
def repair_descent(gradient, start, learning_rate, n_steps):
    point = start.astype(float)
    path = [point]
    for _ in range(n_steps):
        point = point + learning_rate * gradient(point)
        path.append(point)
    return np.array(path)

# %% reject repair_descent: copies go into the path, start is still changed
# message: changes start
def repair_descent(gradient, start, learning_rate, n_steps):
    point = np.asarray(start)
    path = [point.copy()]
    for _ in range(n_steps):
        point -= learning_rate * gradient(point)
        path.append(point.copy())
    return np.array(path)

# %% reject repair_descent: an integer start makes an integer path
def repair_descent(gradient, start, learning_rate, n_steps):
    path = np.empty((n_steps + 1, len(start)), dtype=start.dtype)
    path[0] = start
    for i in range(n_steps):
        path[i + 1] = path[i] - learning_rate * gradient(path[i])
    return path

# %% reject repair_descent: without the start
# message: start is missing
def repair_descent(gradient, start, learning_rate, n_steps):
    point = start * 1.0
    path = []
    for _ in range(n_steps):
        point = point - learning_rate * gradient(point)
        path.append(point)
    return np.array(path)

# %% reject repair_descent: one step too few
# message: last point is missing
def repair_descent(gradient, start, learning_rate, n_steps):
    path = [start * 1.0]
    for _ in range(n_steps - 1):
        path.append(path[-1] - learning_rate * gradient(path[-1]))
    return np.array(path)

# %% reject repair_descent: steps of one length, whatever the slope
def repair_descent(gradient, start, learning_rate, n_steps):
    path = [start * 1.0]
    for _ in range(n_steps):
        g = gradient(path[-1])
        path.append(path[-1] - learning_rate * g / np.linalg.norm(g))
    return np.array(path)

# %% accept read_rates: a literal
def read_rates():
    return {"A": "too low", "B": "too high", "C": "good", "D": "diverges", "E": "too low"}

# %% accept read_rates: another order
def read_rates():
    return {"D": "diverges", "C": "good", "B": "too high", "E": "too low", "A": "too low"}

# %% accept read_rates: built by keyword
def read_rates():
    return dict(A="too low", E="too low", B="too high", C="good", D="diverges")

# %% accept read_rates: by word
def read_rates():
    by_word = {"too low": "AE", "too high": "B", "good": "C", "diverges": "D"}
    return {letter: word for word, letters in by_word.items() for letter in letters}

# %% reject read_rates: two swapped
# message: 3 of 5
def read_rates():
    return {"A": "too low", "B": "good", "C": "too high", "D": "diverges", "E": "too low"}

# %% reject read_rates: the jumping one is said to diverge
# message: 4 of 5
def read_rates():
    return {"A": "too low", "B": "diverges", "C": "good", "D": "diverges", "E": "too low"}

# %% reject read_rates: the example of the task
# message: 1 of 5
def read_rates():
    return {letter: "good" for letter in "ABCDE"}

# %% reject read_rates: one letter missing
# message: keys A to E
def read_rates():
    return {"A": "too low", "B": "too high", "C": "good", "D": "diverges"}

# %% reject read_rates: another word
# message: It should be one of
def read_rates():
    return {"A": "too small", "B": "too high", "C": "good", "D": "diverges", "E": "too low"}

# %% reject read_rates: small letters
# message: keys A to E
def read_rates():
    return {"a": "too low", "b": "too high", "c": "good", "d": "diverges", "e": "too low"}

# %% reject read_rates: a list
# message: dict with the keys
def read_rates():
    return ["too low", "too high", "good", "diverges", "too low"]

# %% reject read_rates: prints it
# message: dict with the keys
def read_rates():
    print({"A": "too low", "B": "too high", "C": "good", "D": "diverges", "E": "too low"})

# %% accept minibatches: array_split at the right places
def minibatches(n_examples, batch_size, rng):
    order = rng.permutation(n_examples)
    return np.split(order, range(batch_size, n_examples, batch_size))

# %% accept minibatches: shuffle in place
def minibatches(n_examples, batch_size, rng):
    order = np.arange(n_examples)
    rng.shuffle(order)
    batches = []
    while len(order):
        batches.append(order[:batch_size])
        order = order[batch_size:]
    return batches

# %% accept minibatches: choice without replacement
def minibatches(n_examples, batch_size, rng):
    order = rng.choice(n_examples, n_examples, replace=False)
    return [order[i : i + batch_size] for i in range(0, n_examples, batch_size)]

# %% accept minibatches: sorts random numbers
def minibatches(n_examples, batch_size, rng):
    order = np.argsort(rng.random(n_examples))
    n_batches = -(-n_examples // batch_size)
    return [order[b * batch_size : (b + 1) * batch_size] for b in range(n_batches)]

# %% accept minibatches: sorted within each batch
def minibatches(n_examples, batch_size, rng):
    order = rng.permutation(n_examples)
    return [np.sort(order[i : i + batch_size]) for i in range(0, n_examples, batch_size)]

# %% reject minibatches: not shuffled
# message: old order
def minibatches(n_examples, batch_size, rng):
    return [np.arange(i, min(i + batch_size, n_examples)) for i in range(0, n_examples, batch_size)]

# %% reject minibatches: drops the rest
# message: The rest that fills no batch is missing
def minibatches(n_examples, batch_size, rng):
    order = rng.permutation(n_examples)
    return [order[i * batch_size : (i + 1) * batch_size] for i in range(n_examples // batch_size)]

# %% reject minibatches: an empty batch at the end
# message: last batch is empty
def minibatches(n_examples, batch_size, rng):
    order = rng.permutation(n_examples)
    return [order[i * batch_size : (i + 1) * batch_size] for i in range(n_examples // batch_size + 1)]

# %% reject minibatches: draws with replacement
# message: without replacement
def minibatches(n_examples, batch_size, rng):
    return [rng.integers(0, n_examples, min(batch_size, n_examples - i)) for i in range(0, n_examples, batch_size)]

# %% reject minibatches: the global generator
# message: global generator
def minibatches(n_examples, batch_size, rng):
    order = np.random.permutation(n_examples)
    return [order[i : i + batch_size] for i in range(0, n_examples, batch_size)]

# %% reject minibatches: a seed of its own
# message: two seeds give the same order
def minibatches(n_examples, batch_size, rng):
    order = np.random.default_rng(0).permutation(n_examples)
    return [order[i : i + batch_size] for i in range(0, n_examples, batch_size)]

# %% reject minibatches: shuffles batches, not examples
# message: neighbours stay together
def minibatches(n_examples, batch_size, rng):
    batches = [np.arange(i, min(i + batch_size, n_examples)) for i in range(0, n_examples, batch_size)]
    rest = batches.pop() if len(batches[-1]) < batch_size else None
    batches = [batches[i] for i in rng.permutation(len(batches))]
    return batches if rest is None else [*batches, rest]

# %% reject minibatches: even parts instead of full ones
# message: Expected
def minibatches(n_examples, batch_size, rng):
    return np.array_split(rng.permutation(n_examples), -(-n_examples // batch_size))

# %% reject minibatches: a generator
# message: should give a list
def minibatches(n_examples, batch_size, rng):
    order = rng.permutation(n_examples)
    for i in range(0, n_examples, batch_size):
        yield order[i : i + batch_size]

# %% reject minibatches: counts from 1
# message: every number from 0
def minibatches(n_examples, batch_size, rng):
    order = rng.permutation(n_examples) + 1
    return [order[i : i + batch_size] for i in range(0, n_examples, batch_size)]

# %% accept momentum_step: loops
def momentum_step(params, gradients, velocities, learning_rate, momentum=0.9):
    p, v = {}, {}
    for k in params:
        v[k] = momentum * velocities[k] - learning_rate * gradients[k]
        p[k] = params[k] + v[k]
    return p, v

# %% accept momentum_step: a list of two
def momentum_step(params, gradients, velocities, learning_rate, momentum=0.9):
    v = {k: momentum * velocities[k] - learning_rate * g for k, g in gradients.items()}
    return [{k: params[k] + v[k] for k in params}, v]

# %% accept momentum_step: on top of gd_step
def momentum_step(params, gradients, velocities, learning_rate, momentum=0.9):
    v = gd_step({k: momentum * velocities[k] for k in params}, gradients, learning_rate)
    return gd_step(params, v, -1), v

# %% accept momentum_step: deep copies, then in place
from copy import deepcopy

def momentum_step(params, gradients, velocities, learning_rate, momentum=0.9):
    params, velocities = deepcopy(params), deepcopy(velocities)
    for k in params:
        velocities[k] *= momentum
        velocities[k] -= learning_rate * gradients[k]
        params[k] += velocities[k]
    return params, velocities

# %% reject momentum_step: the old velocities move the parameters
# message: Compute the new ones first
def momentum_step(params, gradients, velocities, learning_rate, momentum=0.9):
    v = {k: momentum * velocities[k] - learning_rate * gradients[k] for k in params}
    return {k: params[k] + velocities[k] for k in params}, v

# %% reject momentum_step: plain descent
# message: old velocity is missing
def momentum_step(params, gradients, velocities, learning_rate, momentum=0.9):
    v = {k: -learning_rate * gradients[k] for k in params}
    return {k: params[k] + v[k] for k in params}, v

# %% reject momentum_step: the gradient with the wrong sign
# message: wrong way
def momentum_step(params, gradients, velocities, learning_rate, momentum=0.9):
    v = {k: momentum * velocities[k] + learning_rate * gradients[k] for k in params}
    return {k: params[k] + v[k] for k in params}, v

# %% reject momentum_step: subtracts the velocity
# message: already points downhill
def momentum_step(params, gradients, velocities, learning_rate, momentum=0.9):
    v = {k: momentum * velocities[k] - learning_rate * gradients[k] for k in params}
    return {k: params[k] - v[k] for k in params}, v

# %% reject momentum_step: a weighted mean
# message: weighted mean
def momentum_step(params, gradients, velocities, learning_rate, momentum=0.9):
    v = {k: momentum * velocities[k] - (1 - momentum) * learning_rate * gradients[k] for k in params}
    return {k: params[k] + v[k] for k in params}, v

# %% reject momentum_step: always 0.9
# message: argument momentum is not used
def momentum_step(params, gradients, velocities, learning_rate, momentum=0.9):
    v = {k: 0.9 * velocities[k] - learning_rate * gradients[k] for k in params}
    return {k: params[k] + v[k] for k in params}, v

# %% reject momentum_step: another default
def momentum_step(params, gradients, velocities, learning_rate, momentum=0.99):
    v = {k: momentum * velocities[k] - learning_rate * gradients[k] for k in params}
    return {k: params[k] + v[k] for k in params}, v

# %% reject momentum_step: Nesterov
# message: Nesterov
def momentum_step(params, gradients, velocities, learning_rate, momentum=0.9):
    v = {k: momentum * velocities[k] - learning_rate * gradients[k] for k in params}
    return {k: params[k] + momentum * v[k] - learning_rate * gradients[k] for k in params}, v

# %% reject momentum_step: the other order
# message: parameters come first
def momentum_step(params, gradients, velocities, learning_rate, momentum=0.9):
    v = {k: momentum * velocities[k] - learning_rate * gradients[k] for k in params}
    return v, {k: params[k] + v[k] for k in params}

# %% reject momentum_step: changes the velocities in place
# message: changes its argument
def momentum_step(params, gradients, velocities, learning_rate, momentum=0.9):
    for k in params:
        velocities[k] *= momentum
        velocities[k] -= learning_rate * gradients[k]
    return {k: params[k] + velocities[k] for k in params}, velocities

# %% reject momentum_step: the parameters only
# message: should return two dicts
def momentum_step(params, gradients, velocities, learning_rate, momentum=0.9):
    return {k: params[k] + momentum * velocities[k] - learning_rate * gradients[k] for k in params}

# %% accept softmax_cross_entropy: logsumexp of SciPy
from scipy.special import log_softmax

def softmax_cross_entropy(logits, labels):
    lp = log_softmax(logits, axis=1)
    onehot = np.eye(logits.shape[1])[labels]
    return -(lp * onehot).sum() / len(lp), (np.exp(lp) - onehot) / len(lp)

# %% accept softmax_cross_entropy: with TensorFlow's tape
def softmax_cross_entropy(logits, labels):
    z = tf.constant(logits, tf.float64)
    with tf.GradientTape() as tape:
        tape.watch(z)
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels.astype("int64"), z))
    return loss, tape.gradient(loss, z)

# %% accept softmax_cross_entropy: example by example
def softmax_cross_entropy(logits, labels):
    loss, grad = 0.0, np.zeros(logits.shape)
    for i, (row, t) in enumerate(zip(logits, labels)):
        m = row.max()
        e = np.exp(row - m)
        loss += np.log(e.sum()) + m - row[t]
        grad[i] = e / e.sum()
        grad[i, t] -= 1
    return loss / len(labels), grad / len(labels)

# %% accept softmax_cross_entropy: a list
def softmax_cross_entropy(logits, labels):
    s = logits - logits.max(1)[:, None]
    e = np.exp(s)
    p = e / e.sum(1, keepdims=True)
    n = np.arange(len(labels))
    loss = np.mean(np.log(e.sum(1)) - s[n, labels])
    p[n, labels] -= 1
    return [float(loss), p / len(labels)]

# %% reject softmax_cross_entropy: overflows
# message: exp overflows
def softmax_cross_entropy(logits, labels):
    e = np.exp(logits)
    p = e / e.sum(1, keepdims=True)
    n = np.arange(len(labels))
    loss = -np.log(p[n, labels]).mean()
    p[n, labels] -= 1
    return loss, p / len(labels)

# %% reject softmax_cross_entropy: logarithm of a probability of 0
# message: infinite
def softmax_cross_entropy(logits, labels):
    e = np.exp(logits - logits.max(1, keepdims=True))
    p = e / e.sum(1, keepdims=True)
    n = np.arange(len(labels))
    loss = -np.log(p[n, labels]).mean()
    p[n, labels] -= 1
    return loss, p / len(labels)

# %% reject softmax_cross_entropy: clips the probabilities
def softmax_cross_entropy(logits, labels):
    e = np.exp(logits - logits.max(1, keepdims=True))
    p = e / e.sum(1, keepdims=True)
    n = np.arange(len(labels))
    loss = -np.log(np.clip(p[n, labels], 1e-7, 1)).mean()
    p[n, labels] -= 1
    return loss, p / len(labels)

# %% reject softmax_cross_entropy: the sum
# message: sum over the examples
def softmax_cross_entropy(logits, labels):
    s = logits - logits.max(1, keepdims=True)
    lp = s - np.log(np.exp(s).sum(1, keepdims=True))
    n = np.arange(len(labels))
    g = np.exp(lp)
    g[n, labels] -= 1
    return -lp[n, labels].sum(), g

# %% reject softmax_cross_entropy: the gradient is not divided
# message: divide the gradient
def softmax_cross_entropy(logits, labels):
    s = logits - logits.max(1, keepdims=True)
    lp = s - np.log(np.exp(s).sum(1, keepdims=True))
    n = np.arange(len(labels))
    g = np.exp(lp)
    g[n, labels] -= 1
    return -lp[n, labels].mean(), g

# %% reject softmax_cross_entropy: the gradient without the labels
# message: probabilities alone
def softmax_cross_entropy(logits, labels):
    s = logits - logits.max(1, keepdims=True)
    lp = s - np.log(np.exp(s).sum(1, keepdims=True))
    return -lp[np.arange(len(labels)), labels].mean(), np.exp(lp) / len(labels)

# %% reject softmax_cross_entropy: negative
# message: a loss is positive
def softmax_cross_entropy(logits, labels):
    s = logits - logits.max(1, keepdims=True)
    lp = s - np.log(np.exp(s).sum(1, keepdims=True))
    n = np.arange(len(labels))
    g = np.exp(lp)
    g[n, labels] -= 1
    return lp[n, labels].mean(), g / len(labels)

# %% reject softmax_cross_entropy: one maximum for all rows
def softmax_cross_entropy(logits, labels):
    s = logits - logits.max()
    e = np.exp(s)
    p = e / e.sum(1, keepdims=True)
    n = np.arange(len(labels))
    loss = np.mean(np.log(e.sum(1)) - s[n, labels])
    p[n, labels] -= 1
    return loss, p / len(labels)

# %% reject softmax_cross_entropy: changes the logits
# message: changes its argument
def softmax_cross_entropy(logits, labels):
    logits -= logits.max(1, keepdims=True)
    lp = logits - np.log(np.exp(logits).sum(1, keepdims=True))
    n = np.arange(len(labels))
    g = np.exp(lp)
    g[n, labels] -= 1
    return -lp[n, labels].mean(), g / len(labels)

# %% reject softmax_cross_entropy: the loss only
# message: should give (loss, gradient)
def softmax_cross_entropy(logits, labels):
    s = logits - logits.max(1, keepdims=True)
    lp = s - np.log(np.exp(s).sum(1, keepdims=True))
    return -lp[np.arange(len(labels)), labels].mean()

# %% accept Dense: einsum, and float32
class Dense:
    def __init__(self, n_in, n_out, rng):
        self.kernel = rng.normal(size=(n_in, n_out)) * (2 / n_in) ** 0.5
        self.bias = np.zeros((n_out,))

    def forward(self, x):
        self.inputs = x
        return np.einsum("ni,io->no", x, self.kernel) + self.bias

    def backward(self, upstream):
        self.kernel_gradient = np.einsum("ni,no->io", self.inputs, upstream)
        self.bias_gradient = np.einsum("no->o", upstream)
        return np.einsum("no,io->ni", upstream, self.kernel)

# %% accept Dense: standard_normal, dot, gradients there from the beginning
class Dense:
    def __init__(self, n_in, n_out, rng):
        self.kernel = np.sqrt(2.0 / n_in) * rng.standard_normal((n_in, n_out))
        self.bias = np.zeros(n_out)
        self.kernel_gradient = np.zeros_like(self.kernel)
        self.bias_gradient = np.zeros_like(self.bias)

    def forward(self, x):
        self._x = np.array(x)
        return np.dot(x, self.kernel) + self.bias

    def backward(self, upstream):
        self.kernel_gradient = np.dot(self._x.T, upstream)
        self.bias_gradient = np.sum(upstream, axis=0)
        return np.dot(upstream, self.kernel.T)

# %% accept Dense: sums over a loop, other names of arguments
class Dense:
    def __init__(self, n_in, n_out, rng):
        self.kernel = rng.normal(scale=np.sqrt(2 / n_in), size=[n_in, n_out])
        self.bias = np.zeros(n_out)

    def forward(self, batch):
        self.batch = batch
        return self.bias + batch @ self.kernel

    def backward(self, g):
        self.kernel_gradient = sum(np.outer(x, u) for x, u in zip(self.batch, g))
        self.bias_gradient = sum(g)
        return g @ np.transpose(self.kernel)

# %% reject Dense: the mean over the batch
# message: That is a mean
class Dense:
    def __init__(self, n_in, n_out, rng):
        self.kernel = rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out))
        self.bias = np.zeros(n_out)

    def forward(self, x):
        self.x = x
        return x @ self.kernel + self.bias

    def backward(self, upstream):
        self.kernel_gradient = self.x.T @ upstream / len(upstream)
        self.bias_gradient = upstream.mean(axis=0)
        return upstream @ self.kernel.T

# %% reject Dense: adds gradients up
# message: earlier batch
class Dense:
    def __init__(self, n_in, n_out, rng):
        self.kernel = rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out))
        self.bias = np.zeros(n_out)
        self.kernel_gradient = 0
        self.bias_gradient = 0

    def forward(self, x):
        self.x = x
        return x @ self.kernel + self.bias

    def backward(self, upstream):
        self.kernel_gradient = self.kernel_gradient + self.x.T @ upstream
        self.bias_gradient = self.bias_gradient + upstream.sum(axis=0)
        return upstream @ self.kernel.T

# %% reject Dense: the variance as standard deviation
# message: take the square root
class Dense:
    def __init__(self, n_in, n_out, rng):
        self.kernel = rng.normal(0, 2 / n_in, (n_in, n_out))
        self.bias = np.zeros(n_out)

    def forward(self, x):
        self.x = x
        return x @ self.kernel + self.bias

    def backward(self, upstream):
        self.kernel_gradient = self.x.T @ upstream
        self.bias_gradient = upstream.sum(axis=0)
        return upstream @ self.kernel.T

# %% reject Dense: Glorot's rule
# message: He's rule uses the number of inputs
class Dense:
    def __init__(self, n_in, n_out, rng):
        self.kernel = rng.normal(0, np.sqrt(2 / (n_in + n_out)), (n_in, n_out))
        self.bias = np.zeros(n_out)

    def forward(self, x):
        self.x = x
        return x @ self.kernel + self.bias

    def backward(self, upstream):
        self.kernel_gradient = self.x.T @ upstream
        self.bias_gradient = upstream.sum(axis=0)
        return upstream @ self.kernel.T

# %% reject Dense: uniform numbers
# message: not drawn from a normal distribution
class Dense:
    def __init__(self, n_in, n_out, rng):
        limit = np.sqrt(6 / n_in)
        self.kernel = rng.uniform(-limit, limit, (n_in, n_out))
        self.bias = np.zeros(n_out)

    def forward(self, x):
        self.x = x
        return x @ self.kernel + self.bias

    def backward(self, upstream):
        self.kernel_gradient = self.x.T @ upstream
        self.bias_gradient = upstream.sum(axis=0)
        return upstream @ self.kernel.T

# %% reject Dense: the global generator
# message: does not follow from the generator
class Dense:
    def __init__(self, n_in, n_out, rng):
        self.kernel = np.random.normal(0, np.sqrt(2 / n_in), (n_in, n_out))
        self.bias = np.zeros(n_out)

    def forward(self, x):
        self.x = x
        return x @ self.kernel + self.bias

    def backward(self, upstream):
        self.kernel_gradient = self.x.T @ upstream
        self.bias_gradient = upstream.sum(axis=0)
        return upstream @ self.kernel.T

# %% reject Dense: no bias in forward
# message: The bias is missing
class Dense:
    def __init__(self, n_in, n_out, rng):
        self.kernel = rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out))
        self.bias = np.zeros(n_out)

    def forward(self, x):
        self.x = x
        return x @ self.kernel

    def backward(self, upstream):
        self.kernel_gradient = self.x.T @ upstream
        self.bias_gradient = upstream.sum(axis=0)
        return upstream @ self.kernel.T

# %% reject Dense: a bias gradient over everything
# message: each output has a bias of its own
class Dense:
    def __init__(self, n_in, n_out, rng):
        self.kernel = rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out))
        self.bias = np.zeros(n_out)

    def forward(self, x):
        self.x = x
        return x @ self.kernel + self.bias

    def backward(self, upstream):
        self.kernel_gradient = self.x.T @ upstream
        self.bias_gradient = np.full(self.bias.shape, upstream.sum())
        return upstream @ self.kernel.T

# %% reject Dense: takes the step itself
# message: somebody else's task
class Dense:
    def __init__(self, n_in, n_out, rng):
        self.kernel = rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out))
        self.bias = np.zeros(n_out)

    def forward(self, x):
        self.x = x
        return x @ self.kernel + self.bias

    def backward(self, upstream):
        self.kernel_gradient = self.x.T @ upstream
        self.bias_gradient = upstream.sum(axis=0)
        back = upstream @ self.kernel.T
        self.kernel -= 0.1 * self.kernel_gradient
        self.bias -= 0.1 * self.bias_gradient
        return back

# %% reject Dense: the kernel the other way round
# message: has shape
class Dense:
    def __init__(self, n_in, n_out, rng):
        self.kernel = rng.normal(0, np.sqrt(2 / n_in), (n_out, n_in))
        self.bias = np.zeros(n_out)

    def forward(self, x):
        self.x = x
        return x @ self.kernel.T + self.bias

    def backward(self, upstream):
        self.kernel_gradient = upstream.T @ self.x
        self.bias_gradient = upstream.sum(axis=0)
        return upstream @ self.kernel

# %% reject Dense: Keras's own
class Dense(keras.layers.Dense):
    def __init__(self, n_in, n_out, rng):
        super().__init__(n_out)
        self.build((None, n_in))

# %% reject Dense: backward returns nothing
# message: what backward returns
class Dense:
    def __init__(self, n_in, n_out, rng):
        self.kernel = rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out))
        self.bias = np.zeros(n_out)

    def forward(self, x):
        self.x = x
        return x @ self.kernel + self.bias

    def backward(self, upstream):
        self.kernel_gradient = self.x.T @ upstream
        self.bias_gradient = upstream.sum(axis=0)

# %% accept mlp_gradients: the six steps, one after another
def mlp_gradients(params, x, y):
    a = np.dot(x, params["W1"]) + params["b1"]
    s = 1 / (1 + np.exp(-a))
    y_hat = np.dot(s, params["W2"]) + params["b2"]
    n, k = y.shape
    d_y_hat = 2 / (n * k) * (y_hat - y)
    d_W2 = np.dot(s.T, d_y_hat)
    d_b2 = np.sum(d_y_hat, axis=0)
    d_s = np.dot(d_y_hat, params["W2"].T)
    d_a = d_s * s * (1 - s)
    d_W1 = np.dot(x.T, d_a)
    d_b1 = np.sum(d_a, axis=0)
    return dict(b2=d_b2, W2=d_W2, b1=d_b1, W1=d_W1)

# %% accept mlp_gradients: in place on arrays of its own
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def mlp_gradients(params, x, y):
    W1, b1, W2, b2 = (params[key] for key in ("W1", "b1", "W2", "b2"))
    s = sigmoid(x @ W1 + b1)
    error = s @ W2
    error += b2
    error -= y
    error *= 2.0 / error.size
    delta = error @ W2.T
    delta *= s
    delta *= 1 - s
    gradients = params.copy()
    gradients.update(W1=x.T @ delta, b1=delta.sum(0), W2=s.T @ error, b2=error.sum(0))
    return gradients

# %% accept mlp_gradients: one example at a time, outer products
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def mlp_gradients(params, x, y):
    gradients = {key: np.zeros(value.shape) for key, value in params.items()}
    for features, target in zip(x, y):
        s = sigmoid(features @ params["W1"] + params["b1"])
        d_out = 2 * (s @ params["W2"] + params["b2"] - target) / y.size
        d_hidden = (params["W2"] @ d_out) * s * (1 - s)
        gradients["W2"] += np.outer(s, d_out)
        gradients["b2"] += d_out
        gradients["W1"] += np.outer(features, d_hidden)
        gradients["b1"] += d_hidden
    return gradients

# %% accept mlp_gradients: plain loops over n, d, h and k
import math

def mlp_gradients(params, x, y):
    n, d = x.shape
    h, k = params["W2"].shape
    g = {key: np.zeros_like(value) for key, value in params.items()}
    for i in range(n):
        s = [
            1 / (1 + math.exp(-params["b1"][j] - sum(x[i, f] * params["W1"][f, j] for f in range(d))))
            for j in range(h)
        ]
        for o in range(k):
            y_hat = params["b2"][o] + sum(s[j] * params["W2"][j, o] for j in range(h))
            e = 2 * (y_hat - y[i, o]) / n / k
            g["b2"][o] += e
            for j in range(h):
                g["W2"][j, o] += e * s[j]
                d_a = e * params["W2"][j, o] * s[j] * (1 - s[j])
                g["b1"][j] += d_a
                for f in range(d):
                    g["W1"][f, j] += d_a * x[i, f]
    return g

# %% accept mlp_gradients: einsum
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))

def mlp_gradients(params, x, y):
    a = np.einsum("nd,dh->nh", x, params["W1"]) + params["b1"]
    s = sigmoid(a)
    e = np.einsum("nh,hk->nk", s, params["W2"]) + params["b2"] - y
    e = e / (0.5 * e.size)
    delta = np.einsum("nk,hk,nh->nh", e, params["W2"], sigmoid_derivative(a))
    return {
        "W1": np.einsum("nd,nh->dh", x, delta),
        "b1": np.einsum("nh->h", delta),
        "W2": np.einsum("nh,nk->hk", s, e),
        "b2": np.einsum("nk->k", e),
    }

# %% accept mlp_gradients: biases as one more row of the weights
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def mlp_gradients(params, x, y):
    def with_ones(rows):
        return np.c_[rows, np.ones(len(rows))]

    V1 = np.vstack([params["W1"], params["b1"]])
    V2 = np.vstack([params["W2"], params["b2"]])
    s = sigmoid(with_ones(x) @ V1)
    error = 2 * (with_ones(s) @ V2 - y) / np.size(y)
    G2 = with_ones(s).T @ error
    G1 = with_ones(x).T @ (error @ V2[:-1].T * s * (1 - s))
    return {"W1": G1[:-1], "b1": G1[-1], "W2": G2[:-1], "b2": G2[-1]}

# %% accept mlp_gradients: layers as objects
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

class Dense:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, upstream):
        self.dW, self.db = self.x.T @ upstream, upstream.sum(axis=0)
        return upstream @ self.W.T

class Sigmoid:
    def forward(self, x):
        self.out = sigmoid(x)
        return self.out

    def backward(self, upstream):
        return upstream * self.out * (1 - self.out)

def mlp_gradients(params, x, y):
    layers = [Dense(params["W1"], params["b1"]), Sigmoid(), Dense(params["W2"], params["b2"])]
    out = x
    for layer in layers:
        out = layer.forward(out)
    upstream = 2 * (out - y) / out.size
    for layer in reversed(layers):
        upstream = layer.backward(upstream)
    return {"W1": layers[0].dW, "b1": layers[0].db, "W2": layers[2].dW, "b2": layers[2].db}

# %% accept mlp_gradients: a tape in 64 bits, tensors in the dict
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def mlp_gradients(params, x, y):
    weights = {key: tf.constant(value) for key, value in params.items()}
    with tf.GradientTape() as tape:
        tape.watch(weights)
        hidden = tf.sigmoid(x @ weights["W1"] + weights["b1"])
        loss = tf.reduce_mean((hidden @ weights["W2"] + weights["b2"] - y) ** 2)
    return tape.gradient(loss, weights)

# %% accept mlp_gradients: a tape in 32 bits, variables, Keras's loss
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def mlp_gradients(params, x, y):
    v = {key: tf.Variable(value, dtype=tf.float32) for key, value in params.items()}
    x, y = tf.cast(x, tf.float32), tf.cast(y, tf.float32)
    with tf.GradientTape() as tape:
        hidden = keras.activations.sigmoid(tf.matmul(x, v["W1"]) + v["b1"])
        loss = keras.losses.MeanSquaredError()(y, tf.matmul(hidden, v["W2"]) + v["b2"])
    gradients = tape.gradient(loss, list(v.values()))
    return {key: gradient.numpy() for key, gradient in zip(v, gradients)}

# %% accept mlp_gradients: a Keras model that is given the weights
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def mlp_gradients(params, x, y):
    model = keras.Sequential(
        [
            keras.Input((x.shape[1],)),
            keras.layers.Dense(params["W1"].shape[1], activation="sigmoid"),
            keras.layers.Dense(y.shape[1]),
        ]
    )
    model.set_weights([params[key] for key in ("W1", "b1", "W2", "b2")])
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(keras.losses.mean_squared_error(tf.cast(y, "float32"), model(x)))
    gradients = tape.gradient(loss, model.trainable_weights)
    return dict(zip(("W1", "b1", "W2", "b2"), gradients))

# %% accept mlp_gradients: central differences of the loss
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def mlp_gradients(params, x, y):
    def loss(p):
        return np.mean((sigmoid(x @ p["W1"] + p["b1"]) @ p["W2"] + p["b2"] - y) ** 2)

    gradients = {}
    for key in params:
        gradients[key] = np.zeros(params[key].shape)
        for index in np.ndindex(params[key].shape):
            moved = {name: value.copy() for name, value in params.items()}
            moved[key][index] += 1e-5
            right = loss(moved)
            moved[key][index] -= 2e-5
            gradients[key][index] = (right - loss(moved)) / 2e-5
    return gradients

# %% accept mlp_gradients: through numerical_gradient, for the slope of the activation
def numerical_gradient(f, x, eps=1e-5):
    return (f(x + eps) - f(x - eps)) / (2 * eps)

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

from collections import OrderedDict

def mlp_gradients(params, x, y):
    a = x @ params["W1"] + params["b1"]
    s = sigmoid(a)
    error = (s @ params["W2"] + params["b2"] - y) * 2 / len(x) / y.shape[-1]
    delta = numerical_gradient(sigmoid, a) * (error @ params["W2"].T)
    pairs = [("W1", x.T @ delta), ("b1", sum(delta)), ("W2", s.T @ error), ("b2", sum(error))]
    return OrderedDict(pairs)

# %% accept mlp_gradients: nested lists in the dict
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def mlp_gradients(params, x, y):
    s = sigmoid(x @ params["W1"] + params["b1"])
    error = 2 * (s @ params["W2"] + params["b2"] - y) / y.size
    delta = (error @ params["W2"].T) * (s - s**2)
    ones = np.ones(len(x))
    gradients = {"W1": x.T @ delta, "b1": ones @ delta, "W2": s.T @ error, "b2": ones @ error}
    return {key: value.tolist() for key, value in gradients.items()}

# %% accept mlp_gradients: noisy: prints shapes, logs the loss, shows a progress bar
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))

import logging
import warnings

def mlp_gradients(params, x, y):
    bar = keras.utils.Progbar(3)
    a = x @ params["W1"] + params["b1"]
    s = sigmoid(a)
    bar.update(1)
    error = s @ params["W2"] + params["b2"] - y
    logging.error("loss %.3f", np.mean(error**2))
    bar.update(2)
    error = error * 2 / y.size
    delta = (error @ params["W2"].T) * sigmoid_derivative(a)
    warnings.warn("all shapes fit")
    bar.update(3)
    for array in (a, s, error, delta):
        print(array.shape)
    return {"W1": x.T @ delta, "b1": delta.sum(0), "W2": s.T @ error, "b2": error.sum(0)}

# %% reject mlp_gradients: the factor 2 is missing
# message: Half of what it should be
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))

def mlp_gradients(params, x, y):
    a = x @ params["W1"] + params["b1"]
    s = sigmoid(a)
    e = (s @ params["W2"] + params["b2"] - y) / y.size
    d = (e @ params["W2"].T) * sigmoid_derivative(a)
    return {"W1": x.T @ d, "b1": d.sum(0), "W2": s.T @ e, "b2": e.sum(0)}

# %% reject mlp_gradients: the squared error with an extra half, as in the old tutorial
# message: Half of what it should be
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def mlp_gradients(params, x, y):
    weights = {key: tf.constant(value) for key, value in params.items()}
    with tf.GradientTape() as tape:
        tape.watch(weights)
        hidden = tf.sigmoid(x @ weights["W1"] + weights["b1"])
        loss = tf.reduce_mean(0.5 * (hidden @ weights["W2"] + weights["b2"] - y) ** 2)
    return tape.gradient(loss, weights)

# %% reject mlp_gradients: divides by the number of examples only
# message: You divide by n only
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))

def mlp_gradients(params, x, y):
    a = x @ params["W1"] + params["b1"]
    s = sigmoid(a)
    e = 2 * (s @ params["W2"] + params["b2"] - y) / len(y)
    d = (e @ params["W2"].T) * sigmoid_derivative(a)
    return {"W1": x.T @ d, "b1": d.sum(0), "W2": s.T @ e, "b2": e.sum(0)}

# %% reject mlp_gradients: divides by the number of outputs only
# message: You divide by k only
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))

def mlp_gradients(params, x, y):
    a = x @ params["W1"] + params["b1"]
    s = sigmoid(a)
    e = 2 * (s @ params["W2"] + params["b2"] - y) / y.shape[1]
    d = (e @ params["W2"].T) * sigmoid_derivative(a)
    return {"W1": x.T @ d, "b1": d.sum(0), "W2": s.T @ e, "b2": e.sum(0)}

# %% reject mlp_gradients: the sum of the squares
# message: You have the gradient of the sum
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))

def mlp_gradients(params, x, y):
    a = x @ params["W1"] + params["b1"]
    s = sigmoid(a)
    e = 2 * (s @ params["W2"] + params["b2"] - y)
    d = (e @ params["W2"].T) * sigmoid_derivative(a)
    return {"W1": x.T @ d, "b1": d.sum(0), "W2": s.T @ e, "b2": e.sum(0)}

# %% reject mlp_gradients: divides by the size of x
# message: wrong value
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))

def mlp_gradients(params, x, y):
    a = x @ params["W1"] + params["b1"]
    s = sigmoid(a)
    e = 2 * (s @ params["W2"] + params["b2"] - y) / x.size
    d = (e @ params["W2"].T) * sigmoid_derivative(a)
    return {"W1": x.T @ d, "b1": d.sum(0), "W2": s.T @ e, "b2": e.sum(0)}

# %% reject mlp_gradients: divides by the 10 elements of the first check
# message: wrong value
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))

def mlp_gradients(params, x, y):
    a = x @ params["W1"] + params["b1"]
    s = sigmoid(a)
    e = 2 * (s @ params["W2"] + params["b2"] - y) / 10
    d = (e @ params["W2"].T) * sigmoid_derivative(a)
    return {"W1": x.T @ d, "b1": d.sum(0), "W2": s.T @ e, "b2": e.sum(0)}

# %% reject mlp_gradients: divides by n once more in every product
# message: wrong value
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))

def mlp_gradients(params, x, y):
    n = len(x)
    a = x @ params["W1"] + params["b1"]
    s = sigmoid(a)
    e = 2 * (s @ params["W2"] + params["b2"] - y) / y.size
    d = (e @ params["W2"].T) * sigmoid_derivative(a)
    return {"W1": x.T @ d / n, "b1": d.sum(0) / n, "W2": s.T @ e / n, "b2": e.sum(0) / n}

# %% reject mlp_gradients: target minus prediction
# message: The sign is wrong
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))

def mlp_gradients(params, x, y):
    a = x @ params["W1"] + params["b1"]
    s = sigmoid(a)
    e = 2 * (y - (s @ params["W2"] + params["b2"])) / y.size
    d = (e @ params["W2"].T) * sigmoid_derivative(a)
    return {"W1": x.T @ d, "b1": d.sum(0), "W2": s.T @ e, "b2": e.sum(0)}

# %% reject mlp_gradients: the sign of the error, as for the absolute error
# message: wrong value
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))

def mlp_gradients(params, x, y):
    a = x @ params["W1"] + params["b1"]
    s = sigmoid(a)
    e = np.sign(s @ params["W2"] + params["b2"] - y) / y.size
    d = (e @ params["W2"].T) * sigmoid_derivative(a)
    return {"W1": x.T @ d, "b1": d.sum(0), "W2": s.T @ e, "b2": e.sum(0)}

# %% reject mlp_gradients: the slope of the activation is forgotten
# message: the gradient with respect to W1
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def mlp_gradients(params, x, y):
    a = x @ params["W1"] + params["b1"]
    s = sigmoid(a)
    e = 2 * (s @ params["W2"] + params["b2"] - y) / y.size
    d = e @ params["W2"].T
    return {"W1": x.T @ d, "b1": d.sum(0), "W2": s.T @ e, "b2": e.sum(0)}

# %% reject mlp_gradients: the slope at the output of the sigmoid
# message: the gradient with respect to W1
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))

def mlp_gradients(params, x, y):
    s = sigmoid(x @ params["W1"] + params["b1"])
    e = 2 * (s @ params["W2"] + params["b2"] - y) / y.size
    d = (e @ params["W2"].T) * sigmoid_derivative(s)
    return {"W1": x.T @ d, "b1": d.sum(0), "W2": s.T @ e, "b2": e.sum(0)}

# %% reject mlp_gradients: the sigmoid in place of its slope
# message: the gradient with respect to W1
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def mlp_gradients(params, x, y):
    a = x @ params["W1"] + params["b1"]
    s = sigmoid(a)
    e = 2 * (s @ params["W2"] + params["b2"] - y) / y.size
    d = (e @ params["W2"].T) * s
    return {"W1": x.T @ d, "b1": d.sum(0), "W2": s.T @ e, "b2": e.sum(0)}

# %% reject mlp_gradients: a (1 - a), the slope from the wrong variable
# message: the gradient with respect to W1
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def mlp_gradients(params, x, y):
    a = x @ params["W1"] + params["b1"]
    s = sigmoid(a)
    e = 2 * (s @ params["W2"] + params["b2"] - y) / y.size
    d = (e @ params["W2"].T) * a * (1 - a)
    return {"W1": x.T @ d, "b1": d.sum(0), "W2": s.T @ e, "b2": e.sum(0)}

# %% reject mlp_gradients: tanh in the hidden layer
# message: wrong value
def tanh_derivative(x):
    return 1 - np.tanh(x) ** 2

def mlp_gradients(params, x, y):
    a = x @ params["W1"] + params["b1"]
    s = np.tanh(a)
    e = 2 * (s @ params["W2"] + params["b2"] - y) / y.size
    d = (e @ params["W2"].T) * tanh_derivative(a)
    return {"W1": x.T @ d, "b1": d.sum(0), "W2": s.T @ e, "b2": e.sum(0)}

# %% reject mlp_gradients: no activation at all
# message: wrong value
def mlp_gradients(params, x, y):
    a = x @ params["W1"] + params["b1"]
    e = 2 * (a @ params["W2"] + params["b2"] - y) / y.size
    d = e @ params["W2"].T
    return {"W1": x.T @ d, "b1": d.sum(0), "W2": a.T @ e, "b2": e.sum(0)}

# %% reject mlp_gradients: a sigmoid on the output, too
# message: wrong value
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))

def mlp_gradients(params, x, y):
    a = x @ params["W1"] + params["b1"]
    s = sigmoid(a)
    z = s @ params["W2"] + params["b2"]
    e = 2 * (sigmoid(z) - y) / y.size * sigmoid_derivative(z)
    d = (e @ params["W2"].T) * sigmoid_derivative(a)
    return {"W1": x.T @ d, "b1": d.sum(0), "W2": s.T @ e, "b2": e.sum(0)}

# %% reject mlp_gradients: the biases are forgotten in the forward pass
# message: wrong value
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))

def mlp_gradients(params, x, y):
    a = x @ params["W1"]
    s = sigmoid(a)
    e = 2 * (s @ params["W2"] - y) / y.size
    d = (e @ params["W2"].T) * sigmoid_derivative(a)
    return {"W1": x.T @ d, "b1": d.sum(0), "W2": s.T @ e, "b2": e.sum(0)}

# %% reject mlp_gradients: the input of the sigmoid for W2
# message: the gradient with respect to W2
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))

def mlp_gradients(params, x, y):
    a = x @ params["W1"] + params["b1"]
    e = 2 * (sigmoid(a) @ params["W2"] + params["b2"] - y) / y.size
    d = (e @ params["W2"].T) * sigmoid_derivative(a)
    return {"W1": x.T @ d, "b1": d.sum(0), "W2": a.T @ e, "b2": e.sum(0)}

# %% reject mlp_gradients: bias gradients as means
# message: the gradient with respect to b1
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))

def mlp_gradients(params, x, y):
    a = x @ params["W1"] + params["b1"]
    s = sigmoid(a)
    e = 2 * (s @ params["W2"] + params["b2"] - y) / y.size
    d = (e @ params["W2"].T) * sigmoid_derivative(a)
    return {"W1": x.T @ d, "b1": d.mean(0), "W2": s.T @ e, "b2": e.mean(0)}

# %% reject mlp_gradients: bias gradients with keepdims
# message: the gradient with respect to b1 (n=5, d=3, h=4, k=2) has the wrong shape: (1, 4)
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))

def mlp_gradients(params, x, y):
    a = x @ params["W1"] + params["b1"]
    s = sigmoid(a)
    e = 2 * (s @ params["W2"] + params["b2"] - y) / y.size
    d = (e @ params["W2"].T) * sigmoid_derivative(a)
    return {
        "W1": x.T @ d,
        "b1": d.sum(axis=0, keepdims=True),
        "W2": s.T @ e,
        "b2": e.sum(axis=0, keepdims=True),
    }

# %% reject mlp_gradients: bias gradients summed along the wrong axis
# message: wrong shape: (5,)
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))

def mlp_gradients(params, x, y):
    a = x @ params["W1"] + params["b1"]
    s = sigmoid(a)
    e = 2 * (s @ params["W2"] + params["b2"] - y) / y.size
    d = (e @ params["W2"].T) * sigmoid_derivative(a)
    return {"W1": x.T @ d, "b1": d.sum(axis=1), "W2": s.T @ e, "b2": e.sum(axis=1)}

# %% reject mlp_gradients: bias gradients not summed over the examples
# message: wrong shape: (5, 4)
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))

def mlp_gradients(params, x, y):
    a = x @ params["W1"] + params["b1"]
    s = sigmoid(a)
    e = 2 * (s @ params["W2"] + params["b2"] - y) / y.size
    d = (e @ params["W2"].T) * sigmoid_derivative(a)
    return {"W1": x.T @ d, "b1": d, "W2": s.T @ e, "b2": e}

# %% reject mlp_gradients: one number for each bias vector
# message: the gradient with respect to b1
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))

def mlp_gradients(params, x, y):
    a = x @ params["W1"] + params["b1"]
    s = sigmoid(a)
    e = 2 * (s @ params["W2"] + params["b2"] - y) / y.size
    d = (e @ params["W2"].T) * sigmoid_derivative(a)
    return {"W1": x.T @ d, "b1": np.sum(d), "W2": s.T @ e, "b2": np.sum(e)}

# %% reject mlp_gradients: weights without a transpose, where the shapes allow it
# message: (n=3, d=4, h=4, k=4)
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))

def mlp_gradients(params, x, y):
    a = x @ params["W1"] + params["b1"]
    s = sigmoid(a)
    e = 2 * (s @ params["W2"] + params["b2"] - y) / y.size
    h, k = params["W2"].shape
    back = params["W2"] if h == k else params["W2"].T
    d = (e @ back) * sigmoid_derivative(a)
    return {"W1": x.T @ d, "b1": d.sum(0), "W2": s.T @ e, "b2": e.sum(0)}

# %% reject mlp_gradients: no transpose of W2
# message: ValueError
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))

def mlp_gradients(params, x, y):
    a = x @ params["W1"] + params["b1"]
    s = sigmoid(a)
    e = 2 * (s @ params["W2"] + params["b2"] - y) / y.size
    d = (e @ params["W2"]) * sigmoid_derivative(a)
    return {"W1": x.T @ d, "b1": d.sum(0), "W2": s.T @ e, "b2": e.sum(0)}

# %% reject mlp_gradients: reshape in place of a transpose
# message: the gradient with respect to W1
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))

def mlp_gradients(params, x, y):
    a = x @ params["W1"] + params["b1"]
    s = sigmoid(a)
    e = 2 * (s @ params["W2"] + params["b2"] - y) / y.size
    d = (e @ params["W2"].reshape(params["W2"].shape[::-1])) * sigmoid_derivative(a)
    return {"W1": x.T @ d, "b1": d.sum(0), "W2": s.T @ e, "b2": e.sum(0)}

# %% reject mlp_gradients: gradients transposed
# message: the gradient with respect to W1 (n=5, d=3, h=4, k=2) has the wrong shape: (4, 3)
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))

def mlp_gradients(params, x, y):
    a = x @ params["W1"] + params["b1"]
    s = sigmoid(a)
    e = 2 * (s @ params["W2"] + params["b2"] - y) / y.size
    d = (e @ params["W2"].T) * sigmoid_derivative(a)
    return {"W1": d.T @ x, "b1": d.sum(0), "W2": e.T @ s, "b2": e.sum(0)}

# %% reject mlp_gradients: element-wise product in place of a matrix product
# message: could not be broadcast
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))

def mlp_gradients(params, x, y):
    a = x @ params["W1"] + params["b1"]
    s = sigmoid(a)
    e = 2 * (s @ params["W2"] + params["b2"] - y) / y.size
    d = (e * params["W2"].T) * sigmoid_derivative(a)
    return {"W1": x.T @ d, "b1": d.sum(0), "W2": s.T @ e, "b2": e.sum(0)}

# %% reject mlp_gradients: back through weights that were stepped already
# message: the gradient with respect to W1
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))

def mlp_gradients(params, x, y):
    a = x @ params["W1"] + params["b1"]
    s = sigmoid(a)
    e = 2 * (s @ params["W2"] + params["b2"] - y) / y.size
    d_W2 = s.T @ e
    W2 = params["W2"] - 0.1 * d_W2
    d = (e @ W2.T) * sigmoid_derivative(a)
    return {"W1": x.T @ d, "b1": d.sum(0), "W2": d_W2, "b2": e.sum(0)}

# %% reject mlp_gradients: W1 and W2 swapped
# message: wrong shape: (4, 2)
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))

def mlp_gradients(params, x, y):
    a = x @ params["W1"] + params["b1"]
    s = sigmoid(a)
    e = 2 * (s @ params["W2"] + params["b2"] - y) / y.size
    d = (e @ params["W2"].T) * sigmoid_derivative(a)
    return {"W1": s.T @ e, "b1": e.sum(0), "W2": x.T @ d, "b2": d.sum(0)}

# %% reject mlp_gradients: steps the caller's weights
# message: changes its argument in place
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))

def mlp_gradients(params, x, y):
    a = x @ params["W1"] + params["b1"]
    s = sigmoid(a)
    e = 2 * (s @ params["W2"] + params["b2"] - y) / y.size
    d = (e @ params["W2"].T) * sigmoid_derivative(a)
    gradients = {"W1": x.T @ d, "b1": d.sum(0), "W2": s.T @ e, "b2": e.sum(0)}
    for key in params:
        params[key] -= 0.1 * gradients[key]
    return gradients

# %% reject mlp_gradients: keeps what it needs in the caller's dict
# message: changes its argument in place
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))

def mlp_gradients(params, x, y):
    params["a"] = x @ params["W1"] + params["b1"]
    s = sigmoid(params["a"])
    e = 2 * (s @ params["W2"] + params["b2"] - y) / y.size
    d = (e @ params["W2"].T) * sigmoid_derivative(params["a"])
    return {"W1": x.T @ d, "b1": d.sum(0), "W2": s.T @ e, "b2": e.sum(0)}

# %% reject mlp_gradients: computes the error in the caller's targets
# message: changes its argument in place
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))

def mlp_gradients(params, x, y):
    a = x @ params["W1"] + params["b1"]
    s = sigmoid(a)
    y -= s @ params["W2"] + params["b2"]
    e = -2 * y / y.size
    d = (e @ params["W2"].T) * sigmoid_derivative(a)
    return {"W1": x.T @ d, "b1": d.sum(0), "W2": s.T @ e, "b2": e.sum(0)}

# %% reject mlp_gradients: the updated weights, not the gradients
# message: the gradient with respect to W1
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))

def mlp_gradients(params, x, y):
    a = x @ params["W1"] + params["b1"]
    s = sigmoid(a)
    e = 2 * (s @ params["W2"] + params["b2"] - y) / y.size
    d = (e @ params["W2"].T) * sigmoid_derivative(a)
    gradients = {"W1": x.T @ d, "b1": d.sum(0), "W2": s.T @ e, "b2": e.sum(0)}
    return {key: params[key] - 0.1 * gradients[key] for key in params}

# %% reject mlp_gradients: the biases are left out
# message: a dict with the keys W1, b1, W2, b2
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))

def mlp_gradients(params, x, y):
    a = x @ params["W1"] + params["b1"]
    s = sigmoid(a)
    e = 2 * (s @ params["W2"] + params["b2"] - y) / y.size
    d = (e @ params["W2"].T) * sigmoid_derivative(a)
    return {"W1": x.T @ d, "W2": s.T @ e}

# %% reject mlp_gradients: keys with a d in front
# message: a dict with the keys W1, b1, W2, b2
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))

def mlp_gradients(params, x, y):
    a = x @ params["W1"] + params["b1"]
    s = sigmoid(a)
    e = 2 * (s @ params["W2"] + params["b2"] - y) / y.size
    d = (e @ params["W2"].T) * sigmoid_derivative(a)
    return {"dW1": x.T @ d, "db1": d.sum(0), "dW2": s.T @ e, "db2": e.sum(0)}

# %% reject mlp_gradients: a tuple
# message: should return a dict
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))

def mlp_gradients(params, x, y):
    a = x @ params["W1"] + params["b1"]
    s = sigmoid(a)
    e = 2 * (s @ params["W2"] + params["b2"] - y) / y.size
    d = (e @ params["W2"].T) * sigmoid_derivative(a)
    return x.T @ d, d.sum(0), s.T @ e, e.sum(0)

# %% reject mlp_gradients: the loss
# message: should return a dict
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def mlp_gradients(params, x, y):
    s = sigmoid(x @ params["W1"] + params["b1"])
    return np.mean((s @ params["W2"] + params["b2"] - y) ** 2)

# %% reject mlp_gradients: forgets to return
# message: should return a dict
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))

def mlp_gradients(params, x, y):
    a = x @ params["W1"] + params["b1"]
    s = sigmoid(a)
    e = 2 * (s @ params["W2"] + params["b2"] - y) / y.size
    d = (e @ params["W2"].T) * sigmoid_derivative(a)
    gradients = {"W1": x.T @ d, "b1": d.sum(0), "W2": s.T @ e, "b2": e.sum(0)}

# %% reject mlp_gradients: the tape's variables are made after the tape has stopped
# message: the gradient with respect to W1
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def mlp_gradients(params, x, y):
    with tf.GradientTape() as tape:
        hidden = tf.sigmoid(x @ params["W1"] + params["b1"])
        loss = tf.reduce_mean((hidden @ params["W2"] + params["b2"] - y) ** 2)
    variables = {key: tf.Variable(value) for key, value in params.items()}
    return tape.gradient(loss, variables)

# %% reject mlp_gradients: the forward pass is cut off from the tape by NumPy
# message: the gradient with respect to W1
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def mlp_gradients(params, x, y):
    v = {key: tf.Variable(value) for key, value in params.items()}
    with tf.GradientTape() as tape:
        hidden = sigmoid((x @ v["W1"] + v["b1"]).numpy())
        loss = tf.reduce_mean((hidden @ v["W2"] + v["b2"] - y) ** 2)
    return tape.gradient(loss, v)

# %% reject mlp_gradients: numbers for the network of the example only
# message: wrong shape: (1, 1)
def mlp_gradients(params, x, y):
    return {"W1": [[0.0]], "b1": [0.0], "W2": [[-1.0]], "b2": [-2.0]}

# %% reject mlp_gradients: takes x and y in the wrong order
# message: stopped with an error
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))

def mlp_gradients(params, y, x):
    a = x @ params["W1"] + params["b1"]
    s = sigmoid(a)
    e = 2 * (s @ params["W2"] + params["b2"] - y) / y.size
    d = (e @ params["W2"].T) * sigmoid_derivative(a)
    return {"W1": x.T @ d, "b1": d.sum(0), "W2": s.T @ e, "b2": e.sum(0)}

# %% reject mlp_gradients: misspells a key
# message: KeyError
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_derivative(x):
    return sigmoid(x) * (1 - sigmoid(x))

def mlp_gradients(params, x, y):
    a = x @ params["w1"] + params["b1"]
    s = sigmoid(a)
    e = 2 * (s @ params["W2"] + params["b2"] - y) / y.size
    d = (e @ params["W2"].T) * sigmoid_derivative(a)
    return {"W1": x.T @ d, "b1": d.sum(0), "W2": s.T @ e, "b2": e.sum(0)}
