"""Define the errors a user can meet, each with its exit code.

MigrateError
├── UsageError          2  bad PATH, option or configuration
│   ├── ConfigError        names file, key and reason
│   └── PlaybookError      names file, key and reason
├── RefusedError        3  could not finish honestly
│   ├── StalePlanError
│   ├── GitError
│   └── UnreadFilesError
└── DeclinedError     130  the person who was asked said no
"""

from __future__ import annotations


class MigrateError(Exception):
    """An expected failure: `message` says what and why, `next_step` what to do now."""

    exit_code = 3

    def __init__(self, message: str, next_step: str = "") -> None:
        """Keep the message and the way on apart, so that a screen can show both."""
        super().__init__(message)
        self.message = message
        self.next_step = next_step


class UsageError(MigrateError):
    """The command line or the configuration cannot be used."""

    exit_code = 2


class ConfigError(UsageError):
    """A configuration file holds something that cannot be used."""


class PlaybookError(UsageError):
    """A playbook file holds something that cannot be used."""


class RefusedError(MigrateError):
    """The work could not be finished honestly; nothing was written."""


class StalePlanError(RefusedError):
    """The plan was made from other bytes, another tool or another playbook."""


class GitError(RefusedError):
    """Git cannot do what is asked, or refused to."""


class UnreadFilesError(RefusedError):
    """Files could not be read and `--strict` was asked for."""


class DeclinedError(MigrateError):
    """The person who was asked before writing said no; nothing was written."""

    exit_code = 130
