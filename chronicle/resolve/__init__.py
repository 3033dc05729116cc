"""A meaning and a reference give a When: years shared, whose time is told, tense, arithmetic; open find.py first."""
