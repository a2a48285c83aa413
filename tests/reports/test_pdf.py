"""The file: its text, its pages, its attachment, and what makes it a PDF/A."""

from __future__ import annotations

import io
import json
import re
import subprocess
from dataclasses import replace
from functools import cache

import pytest
from fontTools.ttLib import TTCollection
from pypdf import PdfReader
from report_samples import FOREIGN, GAPS, MADE, registry

from app.i18n import translations
from app.services.report_data import build
from app.services.report_render import of_file
from questionnaires.answers import load_answers
from reports.html import page
from reports.pdf import render
from reports.words import LOCALE, Words

XMP = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>|<rdf:RDF.*?</rdf:RDF>", re.DOTALL)
HAN = re.compile(r"[一-鿿]")


@cache
def opened(data):
    return PdfReader(io.BytesIO(data))


def squeezed(text):
    return re.sub(r"\s+", "", text)


def text_of(data):
    return squeezed("".join(one.extract_text() for one in opened(data).pages))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_text_has_the_level_and_every_score(report, pdf, language):
    found, text = report("trial-furniture-maker", language), text_of(pdf("trial-furniture-maker", language).data)
    words = Words(found, translations(language, LOCALE).gettext)
    assert squeezed(words.full_level(found.outcome.level)) in text
    for part in (*found.dimensions, *found.domains):
        assert squeezed(f"{part.value.code}{part.value.name}") in text
        assert words.score(part.value.value) in text
    for indicator in found.indicators:
        assert indicator.value.id in text
    assert found.instrument.digest in text
    assert squeezed(found.instrument.notice) in text


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", ["trial-furniture-maker", "compressor-group", "vetoed-pump-maker"])
def test_cover_then_one_page_for_the_board_then_contents(report, pdf, name, language):
    pages = [squeezed(one.extract_text()) for one in opened(pdf(name, language).data).pages]
    second, third = ("给管理层的一页", "目录") if language == "zh" else ("Onepagefortheboard", "Contents")
    assert second in pages[1]
    assert squeezed(report(name, language).instrument.notice) in pages[1], "the notice is the last thing on the page"
    assert third in pages[2]
    assert 18 <= len(pages) <= 48
    assert all(len(text) > 60 for text in pages), "no page is left nearly empty"


def test_nothing_chinese_is_left_in_the_english_report_but_what_people_wrote(report, pdf):
    typed = "".join(answer.note for section in report("trial-mould-shop", "en").sections for answer in section.answers)
    typed += "".join(answer.text for section in report("trial-mould-shop", "en").sections for answer in section.answers)
    typed += "".join(
        clause.degree
        for section in report("trial-mould-shop", "en").sections
        for answer in section.answers
        for clause in answer.clauses
    )
    left = {sign for sign in HAN.findall(text_of(pdf("trial-mould-shop", "en").data)) if sign not in typed}
    assert left == set()


def test_the_attachment_is_the_frozen_result(report, pdf):
    found = report()
    (attached,) = opened(pdf().data).attachments["result.json"]
    assert attached == found.frozen
    assert json.loads(attached)["result"]["score"] == found.outcome.score


def test_produced_as_pdf_a_3b(report, pdf):
    reader = opened(pdf().data)
    catalogue = reader.trailer["/Root"]
    metadata = catalogue["/Metadata"].get_object().get_data()
    assert re.search(rb"pdfaid:part[^0-9]*3\b", metadata)
    assert re.search(rb"pdfaid:conformance[^A-Z]*B\b", metadata)
    (intent,) = catalogue["/OutputIntents"]
    assert intent["/S"] == "/GTS_PDFA1"
    assert intent["/DestOutputProfile"].get_object().get_data()
    (linked,) = catalogue["/AF"]
    assert linked.get_object()["/AFRelationship"] == "/Data"
    assert linked.get_object()["/UF"] == "result.json"
    assert catalogue["/Lang"] == "zh-CN"
    assert reader.metadata.title == f"{report().instrument.title} · {report().subject.name}"
    assert reader.metadata.author == report().subject.name
    assert not reader.is_encrypted


def test_every_font_is_embedded_as_a_subset(pdf):
    descriptors = [
        font.get_object()["/FontDescriptor"]
        for page_ in opened(pdf().data).pages
        for name in page_["/Resources"].get("/Font", {}).values()
        for font in name.get_object().get("/DescendantFonts", [name])
    ]
    assert descriptors
    assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(one) for one in descriptors)
    assert {one["/FontName"].split("+")[-1].split("-Subset")[0] for one in descriptors}
    assert all("CJK" in one["/FontName"] for one in descriptors), "no text falls back to another font"
    assert len(pdf().data) < 2_000_000


@cache
def covered(family):
    file = subprocess.run(["fc-match", "-f", "%{file}", family], check=True, capture_output=True, text=True).stdout
    return set().union(*(font.getBestCmap() for font in TTCollection(file).fonts))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_fonts_have_every_character(report, language):
    html = page(report("trial-compressor-group", language), translations(language, LOCALE).gettext)
    signs = {ord(sign) for sign in html if sign.isprintable()} | {ord(sign) for sign in "喆堃玥珺昇翀旻"}
    for family in ("Noto Sans CJK SC", "Noto Serif CJK SC"):
        assert {chr(sign) for sign in signs - covered(family)} == set()


def test_bookmarks_lead_to_every_chapter_and_domain(report, pdf):
    def titles(entries):
        return [
            title
            for entry in entries
            for title in (titles(entry) if isinstance(entry, list) else [squeezed(entry.title)])
        ]

    found = titles(opened(pdf().data).outline)
    for domain in report().domains:
        assert any(squeezed(domain.value.name) in title for title in found)
    assert "方法与出处" in found
    assert "真实性承诺书" in found


def test_contents_name_the_page_where_the_chapter_is(pdf):
    pages = [squeezed(one.extract_text()) for one in opened(pdf().data).pages]
    number = int(re.search(r"方法与出处[.…]*(\d+)真实", pages[2])[1])
    assert "方法与出处" in pages[number - 1]


def test_the_same_report_gives_the_same_bytes(report, pdf):
    again = render(report(), translations("zh", LOCALE).gettext)
    assert again.data == pdf().data
    assert again.sha256 == pdf().sha256


@pytest.mark.parametrize(("language", "mark"), [("zh", "暂定"), ("en", "Provisional")])
def test_a_report_with_gaps_says_so_on_every_page(report, pdf, language, mark):
    found = report("trial-furniture-maker", language, GAPS)
    reader = opened(pdf("trial-furniture-maker", language, GAPS).data)
    assert all(mark in squeezed(one.extract_text()) for one in reader.pages)
    text = text_of(pdf("trial-furniture-maker", language, GAPS).data)
    words = Words(found, translations(language, LOCALE).gettext)
    assert words.span(found.outcome.interval) in text


def test_without_gaps_nothing_says_provisional(pdf):
    assert "暂定" not in text_of(pdf().data)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_index_of_another_shape_needs_no_code_change(source, language):
    found = build(source(FOREIGN / "service-index" / "examples" / "repairer.yaml"), language)
    text = text_of(render(found, translations(language, LOCALE).gettext).data)
    assert ("指数1.9" if language == "zh" else "Index1.9") in text
    assert "没有站点" in text, "the reason for not applicable, as typed"
    assert ("深度" if language == "zh" else "Depth") in text
    assert ("加权几何平均" if language == "zh" else "weightedgeometricmean") in text


def test_levels_by_steps_on_a_scale_of_a_hundred(source, tmp_path):
    file = tmp_path / "workshop.yaml"
    file.write_text(
        "questionnaire: workshop-readiness\nversion: '1.0.0'\nenterprise: {name: 车间}\nyear: 2025\nscope: entity\n"
        "audited: false\nanswers:\n  profile.kind: maker\n  floor.tidy: often\n  floor.plan: {level: 1, degree: half}\n"
        "  floor.safe: {fire: {exits: whole, drill: half}, power: {locks: whole}}\n",
        "utf-8",
    )
    found = build(of_file(load_answers(file, registry()), MADE), "zh")
    made = render(found, translations("zh", LOCALE).gettext)
    assert made.pages >= 6
    assert "逐级门槛" in text_of(made.data)
    assert "可试行" in text_of(made.data)


def test_a_control_character_in_a_note_does_not_stop_a_report(report):
    found = report("trial-mould-shop")
    section = next(one for one in found.sections if one.answers)
    noted = replace(section.answers[0], note="换行\x0b之后<b>&amp;")
    sections = tuple(
        replace(one, answers=(noted, *one.answers[1:])) if one is section else one for one in found.sections
    )
    text = text_of(render(replace(found, sections=sections), lambda message: message).data)
    assert "换行之后<b>&amp;" in text


def test_nothing_inline(report):
    assert not re.search(r"<script|\bstyle=", page(report(), lambda message: message))
