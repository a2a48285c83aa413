from __future__ import annotations

from pathlib import Path

from questionnaires.catalogue import FOLDER
from questionnaires.disclosures import disclosures, read_disclosures

FILE = FOLDER / "disclosures.yaml"


def test_the_exchanges_have_their_topics_by_dimension() -> None:
    topics = disclosures().of("exchange")
    count = {kind: sum(one.dimension == kind for one in topics) for kind in ("environment", "society", "governance")}
    assert count == {"environment": 8, "society": 9, "governance": 4}
    assert {one.code for one in disclosures().of("gri")} >= {"302-1", "305-4", "403-9"}


def test_a_twin_and_a_stray_framework_are_faults(tmp_path: Path) -> None:
    path = tmp_path / FILE.name
    text = FILE.read_text(encoding="utf-8")
    path.write_text(text.replace("gri.2_5, framework: gri", "exchange.waste, framework: grx", 1), encoding="utf-8")
    codes = [fault.code for fault in read_disclosures(path)[1]]
    assert codes == ["duplicate-id", "dangling-reference"]
