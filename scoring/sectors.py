"""How much service a sector takes in, from an input–output table: a benchmark of the sector, never of a firm.

Direct consumption a_ij = x_ij / X_j; complete consumption B = (I − A)⁻¹ − I; value added per unit of output v_j = 1 − Σ_i a_ij
(national accounts, as in the input–output tables of the statistical yearbook).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scoring.columns import Floats


class TableError(ValueError):
    """A table that cannot be worked out; `code` is `shape`, `negative`, `output` (total output not above 0) or `singular`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class ServiceInput:
    """What one unit of a sector's output takes from services, directly and completely, and relative to all that it takes.

    `value_added` is the share of service sectors' value added in the sector's final demand.
    """

    direct: float
    complete: float
    relative_direct: float | None
    relative_complete: float | None
    value_added: float


def service_input(flows: Floats, output: Floats, sector: int, services: Sequence[int]) -> ServiceInput:
    """Return the service input of `sector` (a column); `flows` (n, n) are intermediate flows from row to column, `output` (n) totals.

    Relative measures are None where the sector takes nothing. Raises `TableError`.
    """
    direct = _direct(flows, output)
    identity = np.eye(len(output))
    try:
        inverse = np.linalg.inv(identity - direct)
    except np.linalg.LinAlgError:
        raise TableError("singular") from None
    complete, added = inverse - identity, (1 - direct.sum(0))[:, None] * inverse
    taken = [column[list(services), sector].sum() for column in (direct, complete, added)]
    whole_direct, whole_complete = direct[:, sector].sum(), complete[:, sector].sum()
    return ServiceInput(
        direct=float(taken[0]),
        complete=float(taken[1]),
        relative_direct=float(taken[0] / whole_direct) if whole_direct > 0 else None,
        relative_complete=float(taken[1] / whole_complete) if whole_complete > 0 else None,
        value_added=float(taken[2]),
    )


def _direct(flows: Floats, output: Floats) -> Floats:
    if flows.shape != (len(output), len(output)):
        raise TableError("shape")
    if not (np.isfinite(flows).all() and np.isfinite(output).all()) or (flows < 0).any():
        raise TableError("negative")
    if (output <= 0).any():
        raise TableError("output")
    found: Floats = flows / output
    return found
