"""Synthetic enterprises: where they are, what they make, how large and how good they are. Drawn from a seed, the same every time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from questionnaires.enterprise import ALPHABET, industries, organisation_check, uscc_check
from questionnaires.regions import CURRENT, children

FIRMS: Final = 6200
YEARS: Final = (2023, 2024, 2025)
CROWDED: Final = "32"
"""The province that holds over 40 % of all."""
WIDE: Final = "33"
"""The province with forty counties of at least twenty enterprises each."""
COUNTIES: Final = 40
IN_EACH: Final = 26
SHARE_OF_CROWDED: Final = 0.43
SIZE_SHARES: Final = {"large": 0.09, "medium": 0.26, "small": 0.53, "micro": 0.12}
STAFF: Final = {"large": (1000.0, 12000.0), "medium": (300.0, 1000.0), "small": (20.0, 300.0), "micro": (3.0, 20.0)}
REVENUE: Final = {
    "large": (45_000.0, 2_500_000.0),
    "medium": (4_000.0, 90_000.0),
    "small": (500.0, 18_000.0),
    "micro": (60.0, 1_200.0),
}
"""Operating revenue in 万元; drawn evenly in logarithms."""
TRADES: Final = {
    "34": 6.0,
    "35": 6.0,
    "38": 6.0,
    "36": 4.0,
    "39": 4.0,
    "33": 3.0,
    "21": 2.0,
    "26": 2.0,
    "29": 2.0,
    "30": 2.0,
}
"""Weights of divisions; every other has 0.6."""

Random = np.random.Generator


@dataclass(frozen=True, slots=True)
class Firms:
    """Columns of equal length. `quality` is the lasting part of how good a firm is (standard normal, plus what its place and size add)."""

    usccs: tuple[str, ...]
    names: tuple[str, ...]
    regions: NDArray[np.str_]
    industries: NDArray[np.str_]
    sizes: NDArray[np.str_]
    staff: NDArray[np.int64]
    revenue: NDArray[np.float64]
    quality: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.names)


def draw_firms(random: Random, count: int = FIRMS) -> Firms:
    """Return `count` synthetic enterprises."""
    regions = _regions(random, count)
    sizes = random.choice(list(SIZE_SHARES), count, p=list(SIZE_SHARES.values()))
    codes = list(industries())
    weights = np.array([TRADES.get(code, 0.6) for code in codes])
    staff, revenue = _scale(random, sizes, STAFF), _scale(random, sizes, REVENUE)
    lift = {"32": 0.35, "33": 0.45, "31": 0.5, "11": 0.4, "44": 0.3}
    of_size = {"large": 0.6, "medium": 0.2, "small": -0.1, "micro": -0.5}
    places = np.array([lift.get(code[:2], -0.15) for code in regions])
    quality = random.normal(0, 0.8, count) + places + np.array([of_size[size] for size in sizes])
    return Firms(
        usccs=tuple(_uscc(number, region) for number, region in enumerate(regions)),
        names=tuple(f"合成企业 {number + 1:05d}" for number in range(count)),
        regions=np.array(regions),
        industries=random.choice(codes, count, p=weights / weights.sum()),
        sizes=sizes,
        staff=staff.astype(np.int64),
        revenue=np.round(revenue, 2),
        quality=quality,
    )


def _scale(random: Random, sizes: NDArray[np.str_], ranges: dict[str, tuple[float, float]]) -> NDArray[np.float64]:
    low, high = (np.log([ranges[size][end] for size in sizes]) for end in (0, 1))
    drawn: NDArray[np.float64] = np.exp(low + (high - low) * random.beta(1.2, 2.2, len(sizes)))
    return drawn


def _regions(random: Random, count: int) -> list[str]:
    """Return the county of each firm: crowded, wide, and the rest by weights that fall off."""
    in_each = max(1, IN_EACH * count // FIRMS)
    crowded, wide = round(count * SHARE_OF_CROWDED), COUNTIES * in_each
    found = list(_skewed(random, _counties(CROWDED), crowded))
    wide_counties = _counties(WIDE)
    chosen = wide_counties[:: max(1, len(wide_counties) // COUNTIES)][:COUNTIES]  # from every prefecture
    found += [county for county in chosen for _ in range(in_each)]
    others = [one.code[:2] for one in children(None, CURRENT) if one.code[:2] not in {CROWDED, WIDE, "71", "81", "82"}]
    weights = 1 / np.arange(2, len(others) + 2)
    order = random.permutation(others)
    for code, number in zip(order, random.multinomial(count - crowded - wide, weights / weights.sum()), strict=True):
        found += _skewed(random, _counties(str(code)), int(number))
    return found


def _counties(province: str) -> list[str]:
    below = [one.code for one in children(f"{province}0000", CURRENT)]
    return [county for code in below for county in ([one.code for one in children(code, CURRENT)] or [code])]


def _skewed(random: Random, counties: list[str], number: int) -> list[str]:
    weights = 1 / np.arange(1, len(counties) + 1) ** 0.8
    return [str(one) for one in random.choice(random.permutation(counties), number, p=weights / weights.sum())]


def _uscc(number: int, region: str) -> str:
    """Return a code whose check characters hold; the organisation part begins with MA and counts."""
    digits = ""
    for _ in range(4):
        number, rest = divmod(number, 31)
        digits = ALPHABET[rest] + digits
    organisation = f"MAZZ{digits}".replace("Z", "Y")
    organisation = f"{organisation}{organisation_check(organisation)}"
    body = f"91{region}{organisation}"
    return body + uscc_check(body)
