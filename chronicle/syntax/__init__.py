"""From text to trees: blocks and sentences, words with head and relation (Universal Dependencies' names), clauses; open tree.py first."""
