"""Every picture is read here, by whichever door it came: what it is, its pixels, its words; in child processes.

The package imports nothing by itself: child processes import only the modules that they need.
"""
