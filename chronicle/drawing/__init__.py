"""Timelines: a view of events made to be looked at, as a Plotly figure and as a page; open figure.py and page.py first."""
