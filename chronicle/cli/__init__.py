"""The command ``chronicle``, one file per verb."""
