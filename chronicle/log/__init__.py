"""Logs: YAML files of events that people edit by hand, read, checked, added to and edited in place."""

from chronicle.log.eventlog import EventLog
from chronicle.log.faults import Fault
from chronicle.log.logfile import LogError
from chronicle.log.together import ConflictError
from chronicle.log.view import EventView

__all__ = ["ConflictError", "EventLog", "EventView", "Fault", "LogError"]
