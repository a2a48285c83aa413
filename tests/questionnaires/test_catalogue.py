from __future__ import annotations

from pathlib import Path

from questionnaires.catalogue import FOLDER, catalogue, glossary, read_catalogue, read_glossary

TREE = FOLDER / "standards-system.yaml"


def test_the_tree_is_whole() -> None:
    tree = catalogue()

    assert [node.id for node in tree.children(None)] == ["1", "2", "3", "4"]
    assert [node.id for node in tree.children("1.3")] == ["1.3.1", "1.3.2", "1.3.3", "1.3.4"]
    assert [len(tree.children(node)) for node in ("2.1", "2.2", "2.3", "2.4", "3", "4")] == [7, 2, 2, 5, 10, 2]
    assert [node.name.zh for node in tree.path("2.1.7")] == ["核心要素", "产品服务组合", "产品服务供需网络"]
    assert all(node.topics for node in tree.nodes if not tree.children(node.id))
    assert tree.topics["2.3.1.response"].name.zh == "快速服务响应"


def test_the_glossary_leads_to_terms_and_nodes_that_exist() -> None:
    terms = glossary().by_id
    assert terms["pss"].term.zh == "产品服务组合"
    assert all(other in terms for term in glossary().terms for other in term.see)


def changed(tmp_path: Path, file: str, old: str, new: str) -> Path:
    text = (FOLDER / file).read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / file
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_a_twin_a_stray_parent_and_a_late_parent_are_faults(tmp_path: Path) -> None:
    twin = changed(tmp_path, TREE.name, '- id: "1.2"\n', '- id: "1.1"\n')
    codes = [fault.code for fault in read_catalogue(twin)[1]]
    assert codes[0] == "duplicate-id"
    assert set(codes[1:]) == {"dangling-reference"}

    late = changed(tmp_path, TREE.name, 'id: "1.1"\n    parent: "1"', 'id: "1.1"\n    parent: "4"')
    assert [(fault.code, fault.path) for fault in read_catalogue(late)[1]] == [("cycle", "nodes.1.parent")]


def test_a_term_that_points_nowhere_is_a_fault(tmp_path: Path) -> None:
    path = changed(tmp_path, "glossary.yaml", "see: [pss,", "see: [psx,")
    (fault,) = read_glossary(path, catalogue())[1]
    assert (
        fault.message("en")
        == "There is no term of the glossary called psx. Did you mean pss? Correct it, or define it."
    )
