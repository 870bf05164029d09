# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 15 · Capstone: from a table to a model in service
#
# **You will be able to**
#
# * build and train a classifier of your own design for a table of numbers and words
# * put all preparation into the model, so that it takes raw rows and can be saved, loaded and used elsewhere
# * choose between designs by validation rows, and give the estimate with its interval
# * compare the errors of two groups of people, and say what a model must not decide
#
# **Before you start** You need the course: above all regularisation (lesson 08), Wide & Deep with its layers for
# preparation (lesson 09), callbacks and schedules (lesson 10) and saving (lesson 11).
#
# **Running time** about 50 seconds on two cores with the sample data; reading about 45 minutes, exercises about 45.

# %%
import tempfile
import time

from helpers import checks, data, plots, widgets  # first, so that TensorFlow starts quietly

import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import tensorflow as tf

# %% [markdown]
# ## Predict
#
# A survey of 1994 describes people in the United States by fourteen columns: age, education, occupation, hours of
# work and so on. A model is to say how probable it is that somebody earned more than 50,000 dollars in a year.
# That was so for about a quarter of the people.

# %% tags=["skip-execution"]
widgets.commit_box(
    "Six of the columns are numbers, such as age and hours a week. Eight are words, such as occupation. A linear model is "
    "trained on the numbers alone, another one on everything. A large ensemble of trees is trained, too. Where does most "
    "of the way from the first to the last lie?",
    {
        "Between the numbers alone and everything": "The words matter most here. Compare the first two rows of the table in "
        "*How it is marked*.",
        "Between the linear model of everything and the trees": "There is a good deal to gain there, and the capstone is "
        "about that. But the step before it is larger.",
        "The two steps are about as long as each other": "Measured as log loss, the first step is more than twice as long. "
        "The table in *How it is marked* has the numbers.",
    },
    answer="Between the numbers alone and everything",
)

# %% tags=["skip-execution"]
widgets.commit_box(
    "Somebody takes the column `sex` out of the table, so that the model must treat women and men alike. Does it?",
    {
        "Yes, what it cannot see it cannot use": "It can see the column from others: whoever is a husband, is a man. You will "
        "count this in *The people in the table*.",
        "No, other columns say nearly the same": "A husband is a man, a wife a woman. You will count this in *The people in the "
        "table*.",
        "Yes, if the training rows hold as many women as men": "How many rows there are of each is another question. The other "
        "columns still tell who is who.",
    },
    answer="No, other columns say nearly the same",
)

# %% [markdown]
# ## The table
#
# `data.load_adult()` gives 20,000 rows for training and 10,000 for validation. Each part is a pair: a dictionary
# of columns, and the labels. Label 1 means more than 50,000 dollars.

# %% tags=["skip-execution"]
adult = data.load_adult()
columns, labels = adult.train
valid_columns, valid_labels = adult.valid
print(adult)
for name, values in columns.items():
    kind = f"{len(set(values)):2} words" if name in adult.words else "numbers "
    missing = f"  {np.mean(values == '?'):.1%} missing" if name in adult.words else ""
    print(f"{name:15} {values.dtype!s:8} {kind}  {values[0]!s:20} {values[1]!s:20}{missing}")
print(f"label 1: {labels.mean():.1%} of the training rows, {valid_labels.mean():.1%} of the others")

# %% [markdown]
# Four things to know before you begin:
#
# * **Missing words** are `"?"`. A missing answer is an answer of its own, and the model may treat it as a word.
# * **`education_num`** is `education` again, as a level from 1 to 16.
# * **`fnlwgt`** says how many people of the country a row stands for. It is a property of the survey, not of the
#   person.
# * **Words are Python strings**, in arrays of dtype `object`. Keras's `fit` and `predict` take those. They refuse
#   NumPy's own arrays of text, such as `np.array(["a", "b"])`, whose dtype is `<U1`.
#
# Two of the columns look strange when drawn. Most people have neither gains nor losses of capital. Those who do
# have them often have the very same amount.

# %% tags=["skip-execution"]
gains = columns["capital_gain"]
amounts, counts = np.unique(gains[gains > 0], return_counts=True)
over = np.array([labels[gains == amount].mean() for amount in amounts])
figure, (left, right) = plt.subplots(1, 2, figsize=(11, 3.4), layout="constrained")
ages = np.arange(17, 76)
left.plot(ages, [labels[columns["age"] == age].mean() for age in ages], color=plots.BLUE)
left.set(xlabel="age", ylabel="share over 50,000 $", title="Neither a line nor a step")
right.scatter(amounts, over, s=4 * counts, color=plots.VERMILLION, alpha=0.5)
right.set(xlabel="capital gain in $ (logarithmic)", xscale="log", title="Size: how many people")
plt.show()
print(
    f"no capital gain: {np.mean(gains == 0):.1%} of the people, {labels[gains == 0].mean():.1%} over"
)
for rank in np.argsort(-counts)[:5]:
    print(
        f"{amounts[rank]:6.0f} $: {counts[rank]:3} people, {over[rank]:6.1%} of them over 50,000 $"
    )

# %% [markdown]
# In the left plot, the share rises until about 50 and falls after 60. In the right plot, each circle is one
# amount, and most amounts have one answer only: yes or no. Around 5,000 dollars the two kinds lie side by side. A
# linear model has a single weight for the age and another one for the gain. It can follow neither of these.

# %% [markdown]
# ## Log loss
#
# A model says p, the probability of label 1. The **log loss** of a row is $-\log p$ if the label is 1, and
# $-\log(1 - p)$ if it is 0. It is the binary cross-entropy that the models are trained with. The grader takes its
# mean over the rows.
#
# Why not the accuracy? Whoever calls everybody 0 is right in three of four cases and has said nothing. And an
# accuracy does not care whether a wrong answer was given with 51 or 99 per cent.

# %% tags=["skip-execution"]
rate = labels.mean()


def log_losses(labels, probabilities):
    """The log loss of each row; probabilities stay 1e-7 away from 0 and 1, as Keras keeps them."""
    p = np.clip(np.asarray(probabilities, dtype="float64").ravel(), 1e-7, 1 - 1e-7)
    return -np.where(labels == 1, np.log(p), np.log(1 - p))


for p in (0.5, 0.76, 0.99):
    yes, no = log_losses(np.array([1, 0]), [p, p])
    print(f"p = {p:.2f}   label 1: {yes:.3f}   label 0: {no:.3f}")
constant = log_losses(valid_labels, np.full(len(valid_labels), rate)).mean()
print(f"p = {rate:.2f} for everybody: {constant:.3f}")

# %% [markdown]
# The last line is the number to beat. Being sure and wrong is dear: p = 0.99 costs 4.6 where the label is 0.
#
# ## Raw rows in, probabilities out
#
# A model in service is given rows as they come: the dictionary with its numbers and words. Whatever stands
# between these and the first weight must travel with the model. Otherwise the program that uses it must do the
# same preparation again, and sooner or later does another one.
#
# So every step is a layer, and the model has one input for each column:
#
# * `StringLookup(vocabulary=..., output_mode="one_hot")` turns a word into a one-hot row. Its first place is kept
#   for words that are not in the vocabulary. The survey has 41 countries, and one day somebody comes from a 42nd.
# * `Normalization` learns mean and variance with `adapt`, from the training rows alone.
# * `Discretization` cuts a number into bins, and `keras.ops.log1p` takes logarithms, both inside the model
#   (lesson 09).

# %% tags=["skip-execution"]
look_up = keras.layers.StringLookup(vocabulary=["Bachelors", "Masters"], output_mode="one_hot")
for word in ("Bachelors", "Masters", "Doctorate"):
    print(f"{word:10}", look_up(np.array([word])).numpy().astype(int))

# %% [markdown]
# ### A baseline
#
# Here is a whole model of this kind. It is linear: one weight for each number and for each word. Take it as the
# place to start from.
#
# The clock is that of the processor, `time.process_time()`. It counts the time for which the cores have worked
# for you. Two cores that are busy for a second have used two seconds.


# %% tags=["skip-execution"]
def build_baseline(train, use_words=True):
    """A linear model of the raw columns, trained for five epochs."""
    columns, labels = train
    inputs, features = {}, []
    for name, values in columns.items():
        is_word = values.dtype == object
        inputs[name] = keras.Input((1,), dtype="string" if is_word else "float32", name=name)
        if not is_word:
            scale = keras.layers.Normalization()
            scale.adapt(values[:, None])
            features.append(scale(inputs[name]))
        elif use_words:
            words = np.unique(values.astype(str)).tolist()
            layer = keras.layers.StringLookup(vocabulary=words, output_mode="one_hot")
            features.append(layer(inputs[name]))
    together = keras.layers.Concatenate()(features)
    baseline = keras.Model(inputs, keras.layers.Dense(1, activation="sigmoid")(together))
    baseline.compile(keras.optimizers.Adam(0.01), loss="binary_crossentropy")
    baseline.fit(columns, labels, batch_size=256, epochs=5, verbose=0)
    return baseline


probabilities = {}
for name, use_words in (("numbers only", False), ("all columns", True)):
    keras.utils.set_random_seed(0)
    start = time.process_time()
    baseline = build_baseline(adult.train, use_words)
    seconds = time.process_time() - start
    probabilities[name] = baseline.predict(valid_columns, batch_size=1000, verbose=0)
    loss = log_losses(valid_labels, probabilities[name]).mean()
    print(f"{name:12}  validation log loss {loss:.4f}, {seconds:.1f} s of processor time")

# %% [markdown]
# Look at the loop once more: the first model does not use the words, and it has inputs for them all the same.
# That is needed. **Keras lays a dictionary's values side by side in the order of their names.** If one input were
# missing, Keras would warn that the structures differ and give the following columns to the wrong inputs.
#
# How good are these probabilities? Move the threshold above which a probability counts as a yes.

# %% tags=["skip-execution"]
widgets.threshold_explorer(valid_labels, probabilities["all columns"])

# %% [markdown]
# Try these:
#
# * At 0.5, how many of those who earned more are found (the recall), and how many of those called are right (the
#   precision)?
# * Which threshold finds nine of ten? What has the precision become?
#
# The log loss needs no threshold. It judges the probabilities themselves.

# %% [markdown]
# ### Into a file and out again
#
# A model in service is loaded by a program that has never seen your notebook. The format `.keras` keeps the
# layers' names and settings, their weights and their vocabularies. It does not keep your code. A layer of a class
# that you have written, or a `Lambda` around a function of yours, cannot be built anew from a file without that
# code. Keras's own layers and the functions of `keras.ops` can.

# %% tags=["skip-execution"]
with tempfile.TemporaryDirectory() as folder:
    baseline.save(f"{folder}/baseline.keras")
    loaded = keras.saving.load_model(f"{folder}/baseline.keras")
again = loaded.predict(valid_columns, batch_size=1000, verbose=0)
print("largest difference:", np.abs(again - probabilities["all columns"]).max())

one = {name: values[:1].copy() for name, values in valid_columns.items()}
for country in ("United-States", "Atlantis"):
    one["native_country"][0] = country
    print(f"{country:14} p = {loaded.predict(one, verbose=0)[0, 0]:.3f}")

# %% [markdown]
# ## How it is marked
#
# Eight of the ten points go by the log loss on the exam: 18,785 other rows of the same survey, which only the
# grader has. Two points are for the file of the model: it can be saved as `.keras`, loads again without the
# notebook's code, and predicts the same. They count only where at least one of the eight was earned.
#
# The steps were not guessed. Four kinds of model were trained as you would train them, with five seeds each, and
# judged by the exam. The results lie beside this lesson in a file. The last row of the table is a yardstick from
# outside: gradient-boosted trees, scikit-learn's `HistGradientBoostingClassifier` with a learning rate of 0.05,
# 15 leaves a tree, an L2 penalty of 1, and as many trees (of at most 400) as the validation rows asked for.

# %% tags=["skip-execution"]
STEPS = {0.45: 1, 0.33: 3, 0.318: 4, 0.308: 6, 0.297: 7, 0.29: 8}  # log loss at most: points
calibration = pd.read_csv("calibration.csv")
by_model = calibration.groupby("model", sort=False)
table = by_model["exam"].agg(["min", "mean", "max"])
table["± (95 %)"] = 1.96 * by_model["standard_error"].mean()
table["processor s"] = by_model["processor_seconds"].mean().round(0)
table["points of 8"] = [
    max(points for step, points in STEPS.items() if worst <= step) for worst in table["max"]
]
print(table.round(4).to_string())

figure, ax = plt.subplots(figsize=(9, 3.2), layout="constrained")
for row, (_, runs) in enumerate(by_model):
    ax.errorbar(
        runs["exam"].mean(), row, xerr=table["± (95 %)"].iloc[row], color=plots.GREY, capsize=5
    )
    ax.plot(runs["exam"], [row] * len(runs), "o", color=plots.BLUE, alpha=0.6)
for step in STEPS:
    ax.axvline(step, color=plots.VERMILLION, linestyle="--", linewidth=1)
ax.set(yticks=range(len(table)), yticklabels=table.index, xlabel="log loss on the exam")
ax.invert_yaxis()
plt.show()

# %% [markdown]
# The dots are the five seeds. The dashed lines are the steps. The bar is what chance in the choice of the exam's
# rows would do, 95 times of 100. That chance is the same for everybody, since everybody has the same exam. So the
# bars may overlap while the order of two models is still beyond doubt.
#
# * **The numbers alone** earn little, and the words bring more than anything that comes later.
# * **The baseline**, which you have in your hands, earns less than half of the eight points.
# * **A dense network on the same features** can learn what two columns mean together, and is a little better. The
#   age and the gains still reach it as one number each, and nothing keeps it from learning its rows by heart.
# * **Wide and deep**, with binned numbers, dropout and a learning rate that falls, earns all points with every
#   seed. Nothing in it is beyond lessons 07 to 10.
# * **The trees** are hard to beat on tables. The good network comes near to them, and does not reach them.

# %% [markdown]
# ## An estimate, and how far it can stray
#
# You do not see the exam, but you have 10,000 validation rows. The mean of their log losses is an **estimate** of
# what the exam will say. Its standard error is the standard deviation of the single losses, divided by √10,000.
# The estimate ± 1.96 standard errors is an interval that holds the true value 95 times of 100.
#
# Two models are compared on the same rows, and that is sharper. A row that is hard for one is often hard for the
# other. Take the difference row by row: its mean has a smaller standard error, and the more alike the two models
# are, the smaller it is.


# %% tags=["skip-execution"]
def show_interval(name, values):
    """Print a mean with the interval that holds the true value 95 times of 100."""
    width = 1.96 * np.std(values) / len(values) ** 0.5
    print(f"{name:28} {np.mean(values):.4f} ± {width:.4f}")


losses = {name: log_losses(valid_labels, p) for name, p in probabilities.items()}
for name, values in losses.items():
    show_interval(name, values)
show_interval("difference, row by row", losses["numbers only"] - losses["all columns"])

# %% [markdown]
# Two things that no interval shows:
#
# * **Another seed** is another model. Train a design with three seeds or more before you believe that it is
#   better.
# * **Choosing** makes the estimate too good. The best of twenty designs on these rows is the best partly by luck,
#   and on the exam the luck is gone.

# %% [markdown]
# ### Exercise: `build_and_train(train, valid)` (10 points)
#
# Build a model, train it, return it.
#
# * `train`, `valid`: pairs (columns, labels) as above. Columns: a dict from the 14 names to arrays (n,), float32
#   for numbers, `object` for words; labels: `uint8` (n,), 0 or 1. Leave them unchanged
# * returns a trained Keras model. `model.predict(columns)` takes such a dict, **raw**, and gives the
#   probabilities of label 1, an array of shape (n, 1)
# * n may be 1, and words may come that no training row has
# * learn from the rows that you are given. The grader shuffles rows and columns, and **exchanges the labels 0 and
#   1**. Whoever learns from the arguments does not notice
# * at most 60 seconds of processor time; on a slower machine than ours up to 90 are let pass
# * 8 points in the steps of the table above; 2 points for the `.keras` file
#
# **Expected** The check trains your model once. For the baseline it prints `validation log loss 0.3203,
# standard error 0.0052, 4 s of processor time`. This is an estimate and promises no points: the exam has other
# rows.
#
# <details><summary>Hint 1: a plan</summary>
#
# Start with the baseline: it is a right answer. Then change one thing at a time, look at the difference row by
# row, and write down what it gave. You need the notes for the reflection.
# </details>
# <details><summary>Hint 2: where the points are</summary>
#
# Look at the two plots of *The table* again. One weight is not enough for the age or for the capital gain; lesson
# 09 did the same with latitude. Then let columns meet: hidden layers, with dropout, and a learning rate that
# falls to 0.
# </details>
# <details><summary>Hint 3: a similar example</summary>
#
# Preparing the words anew in every epoch costs most of the time. Prepare once, train the rest, and join the two.
# For pictures it would be:
#
# ```python
# pictures = keras.Input((28, 28))
# prepare = keras.Model(pictures, keras.layers.Flatten()(keras.layers.Rescaling(1 / 255)(pictures)))
# network = keras.Sequential([keras.Input((784,)), keras.layers.Dense(10, activation="softmax")])
# network.compile("adam", "sparse_categorical_crossentropy")
# network.fit(prepare.predict(x_train), y_train)
# whole = keras.Model(pictures, network(prepare.output))
# ```
# </details>


# %% nbgrader={"grade": false, "grade_id": "build_and_train", "locked": false, "schema_version": 3, "solution": true, "task": false}
def build_and_train(train, valid):
    """A trained Keras model; its predict takes a dict of raw columns and gives (n, 1) probabilities."""
    ### BEGIN SOLUTION
    layers = keras.layers
    inputs, wide, numbers = {}, [], []
    for name, values in train[0].items():
        if values.dtype == object:
            inputs[name] = keras.Input((1,), dtype="string", name=name)
            lookup = layers.StringLookup(vocabulary=sorted(set(values)), output_mode="one_hot")
            wide.append(lookup(inputs[name]))
            continue
        inputs[name] = keras.Input((1,), name=name)
        if name == "fnlwgt":  # of the survey, not of the person
            continue
        # Bins of equally many people, for gains and losses of those who have some, and more of them.
        n_edges = 60 if np.mean(values == 0) > 0.5 else 12
        shares = np.linspace(0, 1, n_edges)
        edges = np.unique(np.quantile(values[values > 0], shares, method="nearest"))
        bins = layers.Discretization(bin_boundaries=(edges - 0.5).tolist(), output_mode="one_hot")
        wide.append(bins(inputs[name]))
        logs = np.log1p(values)
        standardise = layers.Normalization(mean=float(logs.mean()), variance=float(logs.var()))
        numbers.append(standardise(keras.ops.log1p(inputs[name])))
    prepare = keras.Model(inputs, [layers.Concatenate()(wide), layers.Concatenate()(numbers)])
    prepared = prepare.predict(train[0], batch_size=1000, verbose=0)

    sparse, dense = (keras.Input(part.shape[1:]) for part in prepared)
    deep = layers.Concatenate()([sparse, dense])
    for units in (128, 64):
        deep = layers.Dropout(0.3)(layers.Dense(units, activation="relu")(deep))
    logits = layers.Add()([layers.Dense(1)(sparse), layers.Dense(1)(deep)])
    network = keras.Model([sparse, dense], layers.Activation("sigmoid")(logits))
    n_epochs, batch_size = 12, 256
    n_steps = n_epochs * int(np.ceil(len(train[1]) / batch_size))
    rate = keras.optimizers.schedules.CosineDecay(2e-3, n_steps)
    network.compile(keras.optimizers.Adam(rate), loss="binary_crossentropy")
    network.fit(prepared, train[1], batch_size=batch_size, epochs=n_epochs, verbose=0)
    return keras.Model(inputs, network(prepare.outputs))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "test_build_and_train", "locked": true, "points": 10, "schema_version": 3, "solution": false, "task": false}
checks.run("build_and_train")

# %% [markdown]
# ## Look at what you have made
#
# These cells work with your function. Change them as you like, and add your own. They do not count.

# %% tags=["skip-execution"]
keras.utils.set_random_seed(1)
start = time.process_time()
model = build_and_train(adult.train, adult.valid)
seconds = time.process_time() - start
mine = model.predict(valid_columns, batch_size=1000, verbose=0)
losses["yours"] = log_losses(valid_labels, mine)
print(f"{seconds:.1f} s of processor time")
show_interval("yours", losses["yours"])
show_interval("baseline minus yours", losses["all columns"] - losses["yours"])

# %% [markdown]
# ### Do its probabilities mean what they say?
#
# Among the people to whom a model gives 0.3, three of ten should have label 1. Such a model is **calibrated**. To
# see it, sort the validation rows into ten groups by their probability, and compare in each group.

# %% tags=["skip-execution"]
figure, ax = plt.subplots(figsize=(5.6, 4), layout="constrained")
ax.plot([0, 1], [0, 1], color=plots.GREY, linestyle="--", label="perfectly calibrated")
designs = (("all columns", probabilities["all columns"], "o"), ("yours", mine, "s"))
for (name, p, marker), colour in zip(designs, (plots.BLUE, plots.VERMILLION), strict=True):
    group = np.minimum((p.ravel() * 10).astype(int), 9)
    said = [p.ravel()[group == k].mean() for k in range(10)]
    came = [valid_labels[group == k].mean() for k in range(10)]
    ax.plot(said, came, marker=marker, color=colour, label=name)
ax.set(xlabel="mean probability of the group", ylabel="share with label 1")
ax.legend()
plt.show()

# %% [markdown]
# ## The people in the table
#
# Every row was a person who took part in a survey of the US Census Bureau of 1994. Barry Becker took from it the
# rows of people over 16 who worked. What stands in the columns is what the survey could record: two words for
# sex, five for race, one word for the country that somebody came from.
#
# The label does not say what somebody's work was worth, or what somebody was able to do. It says what was paid in
# one year, under the conditions of that year. Where women were paid less for the same work, or were kept out of a
# profession, the labels show it. A model that fits the labels well has learnt it.
#
# So this is a good table to learn from, and no basis for deciding anything about anybody. Here we look at how the
# errors are spread. Take everybody with a probability above 0.5 as "over 50,000". There are two kinds of error:
#
# * **missed**: the label is 1, and the model says 0. The share of these among all with label 1 is the
#   **false-negative rate**.
# * **falsely called**: the label is 0, and the model says 1. Their share among all with label 0 is the
#   **false-positive rate**.
#
# Which of them hurts depends on what would follow. If a yes meant a loan, the missed would pay. If it meant a
# visit of the tax inspector, the falsely called would.


# %% tags=["skip-execution"]
def error_rates(labels, probabilities, threshold=0.5):
    """(name, rate, half the width of its 95 % interval, how many it is a share of), for both kinds."""
    called = np.asarray(probabilities).ravel() > threshold
    for name, truth in (("missed", 1), ("falsely called", 0)):
        wrong = (called != labels)[labels == truth]
        rate = wrong.mean()
        yield name, rate, 1.96 * np.sqrt(rate * (1 - rate) / len(wrong)), len(wrong)


print(f"{'your model':15} {'':8} label 1")
for group in ("Female", "Male"):
    members = valid_columns["sex"] == group
    print(f"{members.sum():6,} people    {group:8} {valid_labels[members].mean():.1%}")
    for name, rate, width, n in error_rates(valid_labels[members], mine[members]):
        print(f"{'':15} {'':8} {name:15} {rate:6.1%} ± {width:.1%}  of {n:,}")

# %% [markdown]
# Read the two lines of each group, and whether the intervals overlap. In our run the model missed a larger share
# of the women than of the men, and falsely called a larger share of the men.
#
# The model has one rule and one threshold for all. Where label 1 is rare, fewer probabilities lie above 0.5. So
# more of those with label 1 are missed, and fewer of the others are falsely called.
#
# Can both kinds of error be made equally frequent in both groups? Where the share of label 1 differs between the
# groups, no model that makes errors can do that and be calibrated in both groups. Somebody must decide
# which of these matters, and the table cannot do that.
#
# Would it help to take the column `sex` out? Count how well another column tells it.

# %% tags=["skip-execution"]
for word in sorted(set(columns["relationship"])):
    members = columns["relationship"] == word
    share = np.mean(columns["sex"][members] == "Male")
    print(f"{word:15} {members.sum():6,} people, {share:6.1%} of them men")

# %% [markdown]
# Without the column, the model can still read much of it from `relationship`. And then nobody can check the errors
# of both groups any more, because nobody knows the groups. It helps more to **measure** the errors, group by
# group, and to report them.
#
# Before such a model decided anything about people, one would have to know much that is not in any file:
#
# * who is in the table and who is not; here only people of one country, in one year, who had work
# * whether the label measures what the decision is about
# * who pays for each kind of error, and whether those people were asked
# * how somebody can see why the model said no, and object
# * whether anything needs to be decided by a model at all

# %% [markdown]
# ### Exercise: `reflection` (4 points)
#
# Write about your model, for somebody who knows this course. It is read and marked by a person. A model that got
# few points can get all four of these, and the other way round.
#
# **Rubric** One point for each of these:
#
# 1. **What was tried, and what helped?** At least two designs besides the one you handed in, each with its
#    validation log loss over at least three seeds. By how much was the best one better, and is that more than its
#    seeds differ?
# 2. **Who pays for the errors?** Two groups compared, not necessarily those of the lesson: both error rates with
#    their intervals, and a sentence on who would bear which error in a use that you name.
# 3. **What would have to be known** before this model decided anything about people? Two things, with the reason
#    why each matters for this table.
# 4. **What would you do next?** One thing, with the observation that leads to it.
#
# **Expected** 200 to 400 words, with numbers from your own runs. Double-click the next cell, replace the text,
# and press Shift+Enter.

# %% [markdown] nbgrader={"grade": true, "grade_id": "reflection", "locked": false, "points": 4, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# **Tried.** Log loss on the validation rows, seeds 0 to 4: the linear baseline 0.320 to 0.322; a dense network of
# two hidden layers of 64 on the same features 0.312 to 0.317; and what I handed in, binned numbers, a wide path
# and a deep one of 128 and 64 with dropout and a falling rate, 0.283 to 0.285. The step from the second to the
# third is 0.03, ten times as much as its seeds differ. Row by row, with seed 1, the baseline is worse by 0.037 ±
# 0.006.
#
# **Who pays.** With a threshold of 0.5 my model misses 43.9 % ± 5.0 % of the women who earned more than 50,000
# dollars, and 36.7 % ± 2.2 % of the men. It calls 1.8 % ± 0.5 % of the other women falsely, and 7.6 % ± 0.8 % of
# the other men. If a yes opened the way to a loan, women with a good income would be turned away more often than
# men with one. If a yes sent an inspector, men without such an income would get more visits.
#
# **Would have to be known.** First, whether the label stands for what is to be decided. For a loan it does not:
# it says what somebody earned in 1994, not whether a debt is paid back. Second, who is missing. The table has
# only people with work, so the model knows nothing of those who look for it, and would answer for them all the
# same.
#
# **Next.** Average three networks of other seeds: their log losses differ by about 0.001, so part of the error of
# each is chance, and a mean of their probabilities has less of it.
# ### END SOLUTION

# %% [markdown]
# ## Check your understanding
#
# **Question 1.** An estimate by the rows that you choose by

# %% tags=["skip-execution"]
widgets.commit_box(
    "You have tried thirty designs and take the one with the lowest validation log loss, 0.2800 ± 0.0080. What do you expect on "
    "the exam?",
    {
        "0.2800, because the model never trained on validation rows": "It did not, but you have chosen by them. The lowest of thirty "
        "numbers is low partly by luck, and luck does not come along.",
        "Somewhat more than 0.2800, and perhaps outside the interval": "Each of the thirty strays by chance, and the lowest is "
        "likely to be one that has strayed downwards. The interval knows nothing of the choice.",
        "Something between 0.2720 and 0.2880 in 95 of 100 cases": "That would hold for a design that was fixed before "
        "anybody looked. The interval knows nothing of the choice.",
    },
    answer="Somewhat more than 0.2800, and perhaps outside the interval",
)

# %% [markdown]
# **Question 2.** What travels with a model

# %% tags=["skip-execution"]
widgets.commit_box(
    "Somebody standardises the numbers with NumPy before `fit`, trains, and returns the model. What does the grader see, whose rows "
    "are raw?",
    {
        "Much worse probabilities, since 40 arrives where 0.1 was expected": "Nothing fails. The numbers are just "
        "of another size. Put the step into the model, and it cannot happen.",
        "An error, since the model was trained on standardised numbers": "Keras sees arrays of floats. What was done to them "
        "before, it cannot know.",
        "The same probabilities, since Keras stores mean and variance": "It stores those of a `Normalization` layer in the model. Of a line of "
        "NumPy it knows nothing.",
    },
    answer="Much worse probabilities, since 40 arrives where 0.1 was expected",
)

# %% [markdown]
# **Question 3.** A file without the notebook

# %% tags=["skip-execution"]
widgets.commit_box(
    "Which of these models can be loaded by a program that knows Keras and nothing of your notebook?",
    {
        "One with a `Lambda` layer around a function of one line": "The function is code, and loading code from a file "
        "means to run what somebody else wrote. Keras refuses unless it is told otherwise.",
        "One with `keras.ops.log1p` between two layers": "That is an operation of Keras itself. The file names it, and "
        "Keras has it wherever it is installed.",
        "One with a layer of your own that you have registered": "The registration is a line of your notebook, too. The program that loads "
        "has neither the class nor the line.",
    },
    answer="One with `keras.ops.log1p` between two layers",
)

# %% [markdown]
# **Question 4.** A word that nobody has seen

# %% tags=["skip-execution"]
widgets.commit_box(
    "A row in service has an occupation that no training row has. What should the model do with it?",
    {
        "Stop with an error, so that somebody looks at it": "That can be right for a whole system, before the model is asked. Here the "
        "task says that such rows come, and thirteen other columns are known.",
        "Use the place for unknown words, and the other columns as usual": "`StringLookup` keeps its first place for that. The "
        "weights there were never trained, so the word counts for little.",
        "Take the most frequent occupation in its place": "Then the model pretends to know something that it does not. Its "
        "probability would be that of another person.",
    },
    answer="Use the place for unknown words, and the other columns as usual",
)

# %% [markdown]
# ## Then and now
#
# Older tutorials write some of this differently. Each line was run with TensorFlow 2.21 and Keras 3.
#
# | then | what happens today | now |
# |---|---|---|
# | `fit(..., validation_data=(x_test, y_test))`, and that accuracy as the result | works, and promises too much | choose by a validation set, test once |
# | `x_train / 255.0` before `fit`, and again wherever the model is used | works, until somebody forgets it | `keras.layers.Rescaling(1 / 255)` in the model |
# | `tf.feature_column…`, then `DenseFeatures(feature_columns)` as the first layer | `AttributeError` | an input for each column, and layers such as `StringLookup` |
# | `model.predict_proba(x)` | `AttributeError` | `model.predict(x)` |
# | `time.clock()` | `AttributeError` | `time.process_time()` |
# | `tf.set_random_seed(1)`, `np.random.seed(1)` | `AttributeError`; the second alone does not reach Keras | `keras.utils.set_random_seed(1)`, which sets all three |

# %% [markdown]
# ## Summary
#
# * Put all preparation into the model: raw rows in, probabilities out, one file.
# * Log loss judges probabilities. An accuracy judges yes and no.
# * Fix a budget before you compare designs. Compare on the same rows, row by row, with several seeds.
# * An estimate from rows that you have chosen by is too good. Say so, and give its interval.
# * Measure the errors group by group. What may be decided with a model about people, no log loss can say.
#
# ## Where to go next
#
# You have come to the end of the course. From here:
#
# * **Pictures.** Convolutional layers (`keras.layers.Conv2D`) are the next thing to learn, then networks that
#   others have trained on millions of photographs (`keras.applications`), which a few hundred of your own
#   pictures adapt to your task.
# * **Language and sound.** `keras.layers.MultiHeadAttention` and `keras.layers.Embedding` are the building
#   blocks.
# * **Other backends.** The same Keras code runs on JAX and PyTorch: set `KERAS_BACKEND` before you import it.
# * **Your own data.** Everything in this course works on a table or a folder of pictures that you care about.
#
# Back to the first lesson: [00 · Finding your way](../00_start_here/00_start_here.ipynb)
