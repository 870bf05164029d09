"""Load modules anew when they change.

Must: full points
"""

%load_ext autoreload
%autoreload 2
