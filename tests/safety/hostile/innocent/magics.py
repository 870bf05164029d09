"""Use IPython's commands.

Must: full points
"""

%matplotlib inline
%config InlineBackend.figure_format = "retina"
%load_ext autoreload
%autoreload 2
%time sum(range(10))
%timeit -n 1 -r 1 sum(range(10))
%who
scale_pixels?
!ls
