"""From candidates to resolved mentions. Open find.py first: in come a text, its publication date and its language; out come
mentions of time, each with what TIMEX3 and EDTF say of it.

find.py lists the steps (sharing, telling, joining, directing) and what each asks of the words about an expression; the last,
resolving.py, goes through the text with the time that it is about in hand (focus.py) and leaves the arithmetic to
resolution.py, reckon.py, cycles.py and quantities.py, which see no text. The words themselves stand in languages/.
"""
