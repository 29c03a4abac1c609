"""The one error tree.  Every message says what, where, and what to do.

``webapp.errors`` has the one table from these classes to HTTP statuses, ``izde`` the one to exit codes.
"""

from __future__ import annotations


class IzdeError(Exception):
    """Base of every error that Izde raises on purpose."""


class DataError(IzdeError):
    """A file of our own data (``analysis/data``, ``webapp/messages``) is wrong: file, key, reason."""


class DependencyError(IzdeError):
    """A library that must be there is not (ICU): names the ways to get it."""


class SettingError(IzdeError):
    """A setting has a value that cannot be read: names the setting."""


class DocumentError(IzdeError):
    """One document cannot be read or indexed.  The run goes on; the report names path and reason."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class SnapshotError(IzdeError):
    """Base of what can be wrong with an index on disk."""


class IndexMissing(SnapshotError):
    """There is no index here: the message is the command that makes one."""


class IndexOutdated(SnapshotError):
    """The index was made by other versions (schema, ICU, data): the message is the command to rebuild."""


class IndexCorrupt(SnapshotError):
    """A file of a snapshot is not what its manifest says."""


class IndexLocked(SnapshotError):
    """Another process is writing to this index."""


class RequestError(IzdeError):
    """A request asks for something that does not exist (an unknown facet, a sort, a page out of range)."""


class DocumentNotFound(IzdeError):
    """No document has this id."""


class StatuteNotFound(IzdeError):
    """The registry has no statute of this id."""
