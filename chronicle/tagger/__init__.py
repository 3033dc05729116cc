"""From text to time mentions: scan for candidates, parse them with a language's grammar, judge them by their neighbours."""
