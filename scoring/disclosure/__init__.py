"""Safe statistics: which cells of a table may be published so that nobody can work out the others.

`build_release` takes the enterprises of one year and scope, and gives the figures of the cells that may be published. What is not in them
is suppressed. Read in this order: `rules` (the primary rules), `siblings` and `swaps` (what makes a hidden cell safe), `exchanges` and
`remedies` (the hard cases), `suppression` (the loop).
"""

from scoring.disclosure.changes import CellKey, Ledger, Place
from scoring.disclosure.plain import ledger_from_plain, ledger_to_plain, release_to_plain
from scoring.disclosure.records import Lattice, MisfitError, Records
from scoring.disclosure.release import Figures, Release, build_release

__all__ = [
    "CellKey",
    "Figures",
    "Lattice",
    "Ledger",
    "MisfitError",
    "Place",
    "Records",
    "Release",
    "build_release",
    "ledger_from_plain",
    "ledger_to_plain",
    "release_to_plain",
]
