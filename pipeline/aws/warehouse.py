"""The port `Warehouse` over the Redshift Data API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.aws.clients import (
    BotoCoreError,
    ClientError,
    ParamValidationError,
    client,
    error_code,
    error_message,
    http_status,
)
from pipeline.core.result_pages import RawPage
from pipeline.core.statement_ends import Description
from pipeline.ports import (
    PageUnknownError,
    ResultGoneError,
    ResultTooLargeError,
    StatementRefusedError,
    WarehouseBusyError,
)

# AWS: Redshift Data API, errors that say "not now" rather than "never".
_BUSY = {"ActiveStatementsExceededException", "ThrottlingException", "TooManyRequestsException"}
_GONE = {"ResourceNotFoundException", "ValidationException"}
_SERVER_ERROR = 500


@dataclass(frozen=True, slots=True)
class Workgroup:
    """Where statements run: a Redshift Serverless workgroup and a database in it."""

    name: str
    database: str


class RedshiftWarehouse:
    """Amazon Redshift through its Data API. Without a workgroup it can follow statements but not start any."""

    def __init__(self, data_api: Any, workgroup: Workgroup | None) -> None:
        self._data_api = data_api
        self._workgroup = workgroup

    @classmethod
    def connect(cls, workgroup: Workgroup | None) -> RedshiftWarehouse:
        """Make the adapter with a client of its own."""
        return cls(client("redshift-data"), workgroup)

    def execute(self, sql: str, parameters: Mapping[str, str], name: str, token: str) -> str:
        """See `Warehouse.execute`."""
        if self._workgroup is None:
            raise StatementRefusedError("This function may not start statements.")
        request: dict[str, Any] = {
            "WorkgroupName": self._workgroup.name,
            "Database": self._workgroup.database,
            "Sql": sql,
            "StatementName": name,
            "ClientToken": token,
            "WithEvent": True,
        }
        if parameters:
            request["Parameters"] = [{"name": n, "value": v} for n, v in parameters.items()]
        try:
            return str(self._data_api.execute_statement(**request)["Id"])
        except ClientError as error:
            if error_code(error) == "ValidationException":
                raise StatementRefusedError(error_message(error)) from error
            raise _busy(error) from error
        except ParamValidationError as error:
            raise StatementRefusedError(str(error)) from error
        except BotoCoreError as error:
            raise _unavailable() from error

    def describe(self, statement_id: str) -> Description | None:
        """See `Warehouse.describe`."""
        try:
            answer = self._data_api.describe_statement(Id=statement_id)
        except ClientError as error:
            if error_code(error) in _GONE:
                return None
            raise _busy(error) from error
        except BotoCoreError as error:
            raise _unavailable() from error
        rows = answer.get("ResultRows", -1)
        return Description(
            answer["Status"],
            rows if rows >= 0 else None,
            answer.get("Error"),
            answer["UpdatedAt"],
            answer.get("QueryString"),
        )

    def cancel(self, statement_id: str) -> None:
        """See `Warehouse.cancel`."""
        try:
            self._data_api.cancel_statement(Id=statement_id)
        except ClientError as error:
            if error_code(error) not in _GONE:  # an ended statement cannot be cancelled, and need not be
                raise _busy(error) from error
        except BotoCoreError as error:
            raise _unavailable() from error

    def page(self, statement_id: str, token: str | None) -> RawPage:
        """See `Warehouse.page`."""
        more = {"NextToken": token} if token else {}
        try:
            answer = self._data_api.get_statement_result(Id=statement_id, **more)
        except ClientError as error:
            raise _no_page(error, token) from error
        except BotoCoreError as error:
            raise _unavailable() from error
        columns = [(column["name"], column["typeName"]) for column in answer["ColumnMetadata"]]
        return RawPage(columns, answer["Records"], answer["TotalNumRows"], answer.get("NextToken") or None)


def _no_page(error: ClientError, token: str | None) -> Exception:
    if "size limit" in error_message(error):
        return ResultTooLargeError(error_message(error))
    if error_code(error) == "ValidationException" and token is not None:
        return PageUnknownError(error_message(error))
    if error_code(error) in _GONE:
        return ResultGoneError(error_message(error))
    return _busy(error)


def _busy(error: ClientError) -> WarehouseBusyError:
    if error_code(error) in _BUSY:
        return WarehouseBusyError("warehouse_busy", "The warehouse is busy. We try again by ourselves.")
    if http_status(error) >= _SERVER_ERROR:
        return _unavailable()
    raise error


def _unavailable() -> WarehouseBusyError:
    return WarehouseBusyError(
        "warehouse_unavailable", "The warehouse does not answer. We try again by ourselves."
    )
