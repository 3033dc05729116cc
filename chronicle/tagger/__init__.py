"""From text to candidates. Open scan.py first: in come a text and a language, out come the expressions of time, each with its
meaning, free of any anchor.

language.py reads a folder of languages/, tokens.py and grammar.py are the engine, builders.py is what the actions of rules
may call, meaning.py the algebra that they build. A new expression is a line in languages/, not code here.
"""
