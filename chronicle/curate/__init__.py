"""The page on which a person decides: article, proposal and log side by side, every decision written at once.

Open desk.py first: what a curator sees and does, free of any server. deciding.py holds the acts, each a few calls of
:class:`chronicle.EventLog`; history.py takes them back; shelf.py has the articles; server.py and guard.py make of it a page and an interface in
JSON on this machine alone (extra ``curate``); web/ is the page.
"""
