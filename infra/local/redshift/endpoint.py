"""Where statements can be sent: the one workgroup, and the one database in it."""

from __future__ import annotations

from dataclasses import dataclass

from infra.local.redshift.errors import invalid
from infra.local.redshift.requests import Submission


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A workgroup by each of its names (its name, its ARN), and its database."""

    workgroups: frozenset[str]
    database: str

    def require(self, submission: Submission) -> None:
        """Refuse a statement for anything else, in the words of the Data API.

        Raises:
            ApiError: there is no such workgroup, or no such database in it.
        """
        if submission.workgroup not in self.workgroups:
            raise invalid("Redshift endpoint doesn't exist in this region.")
        if submission.database != self.database:
            raise invalid(f'FATAL: database "{submission.database}" does not exist')
