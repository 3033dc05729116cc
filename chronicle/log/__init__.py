"""Logs: YAML files of events that people edit by hand, read, checked, added to and edited in place."""

from chronicle.log.eventlog import EventLog, LogError
from chronicle.log.faults import Fault

__all__ = ["EventLog", "Fault", "LogError"]
