"""From an article to events: sentences, the clauses that an expression dates, what the text claims of them; open extract.py first."""
