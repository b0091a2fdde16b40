"""Many documents: planted contradictions are found, a revision is called one, and weak keys raise nothing."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

import heshu
from heshu.pipeline import cli, review, series
from heshu.pipeline.export import series as shown
from heshu.pipeline.series import ledger
from heshu.pipeline.series.entries import year_before
from heshu.schemas.document import Document, Period, Provenance, Region, Span
from heshu.schemas.figure import Figure
from heshu.schemas.report import Coverage, Report, Tool
from heshu.schemas.series import Book, SeriesFinding
from tests import runs

RELEASES = Path(__file__).resolve().parent.parent / "corpora" / "releases"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run over the fifteen releases."""
    folder = tmp_path_factory.mktemp("series") / "out"
    end = runs.run(RELEASES, folder)
    assert (end.ok, end.failed, end.disagree) == (15, 0, 0)
    return folder


def told(finding: SeriesFinding) -> dict[str, Any]:
    """A finding as the reviewed file has it."""
    period = f"{finding.period.start}/{finding.period.end}"
    operands = [f"{Path(value.source).name}: {value.surface}" for value in finding.operands]
    claim = f"{Path(finding.claim.source).name}: {finding.claim.surface}"
    return {
        "identity": finding.identity, "verdict": finding.verdict, "metric": finding.indicator.metric, "period": period,
        "operands": operands, "claim": claim,
    }  # fmt: skip


def test_the_fifteen_releases_give_the_reviewed_findings_and_nothing_else(out: Path) -> None:
    book = series.book(series.read(out))
    wanted = json.loads((RELEASES / "series.json").read_text("utf-8"))
    assert [told(finding) for finding in book.findings] == wanted
    counts = Counter(finding.verdict for finding in book.findings)
    assert (counts["disagrees"], counts["revision"]) == (4, 1)
    assert {f.identity for f in book.findings if f.verdict == "disagrees"} == {"previous", "repeat", "bound"}


def test_the_order_of_the_documents_makes_no_difference(out: Path) -> None:
    reports = list(series.read(out))
    assert series.book(reports) == series.book(reversed(reports))


def test_every_value_stands_in_its_document(out: Path) -> None:
    texts = {report.document.id: report.document.text for report in series.read(out)}
    values = [v for one in series.book(series.read(out)).series for printed in one.periods for v in printed.values]
    assert len(values) > 70
    assert all(texts[value.document][value.start : value.end] == value.surface for value in values)


def heard(folder: Path, first: str, second: str) -> Book:
    """Two conferences of one city, of 2020 and of 2021."""
    return series.book(spoken(folder, [(2020, "2021-01-20", first), (2021, "2022-01-20", second)]))


def spoken(folder: Path, conferences: list[tuple[int, str, str]]) -> list[Report]:
    """Conferences of one city: the year spoken of, the day, the words."""
    reports = []
    for year, day, words in conferences:
        path = folder / f"{day}.txt"
        head = f"云屏市{year}年经济运行情况新闻发布会\n发布时间：{day}　来源：云屏市人民政府新闻办公室\n\n"
        path.write_text(f"{head}云屏市人民政府新闻办公室举行{year}年新闻发布会。\n程浦：{words}\n", "utf-8")
        reports.append(heshu.report(str(path)))
    return list(reports)


TRADE = "2020年，全市进出口总额330.5亿元，出口200.3亿元，进口130.2亿元。"
TRUE = [
    ("2020年，全市地区生产总值2000.0亿元。2021年，地区生产总值的目标是2130.0亿元。", "2021年，全市地区生产总值2200.0亿元。"),
    ("2020年，市本级一般公共预算收入60.5亿元。", "2020年，全市一般公共预算收入201.4亿元。"),
    ("2020年，全国进出口总额32.16万亿元。", "2020年，全市进出口总额330.5亿元。"),
    ("2020年，全市进出口总额150.0亿元。", "2021年，全市进出口总额比上年增长20.0%，达到180.0亿元。"),
    ("2020年上半年，全市进出口总额70.0亿元。", "2021年上半年，全市进出口总额比上年同期增长20.0%，达到84.0亿元。"),
    ("2020年，全市固定资产投资500.0亿元，其中民间投资200.0亿元。", "2020年，全市固定资产投资500.0亿元。"),
    ("2020年，全市民营企业进出口总额120.0亿元。", "2020年，全市进出口总额330.5亿元。"),
    ("2020年，全市进出口总额超过330亿元。", "2020年，全市进出口总额330.5亿元。"),
    ("2020年，全市进出口总额331亿元。", "2020年，全市进出口总额330.5亿元。"),
    ("2020年，全市进出口总额51.2亿美元。", "2020年，全市进出口总额330.5亿元。"),
    ("2020年，全市日均进出口总额0.9亿元。", "2020年，全市进出口总额330.5亿元。"),
    ("2020年，全市进出口总额330.5亿元。", "谢谢。\n云屏日报记者：2020年全市进出口总额是300.5亿元吗？\n程浦：比这个多。"),
    ("2020年，高新区完成固定资产投资100.0亿元。", "2020年，经开区完成固定资产投资120.0亿元。"),
    ("2020年，全市一般公共预算收入201.4亿元。", "2021年，全市一般公共预算收入210.0亿元，同口径比上年增加20.0亿元。"),
    ("2020年，全市完成投资500.0亿元，其中产业项目完成投资300.0亿元。", "2020年，全市完成投资500.0亿元。"),
    ("2020年，全市进出口总额330.5亿元。", "2021年，全市进出口总额比上年增加10.0亿元，12月达到35.5亿元。"),
    ("2020年，全市进出口总额330.5亿元。", "2020年，全市民营企业进出口总额比上年增加10.0亿元，达到130.5亿元。"),
    ("2020年，全市进出口总额330.5亿元。", "2021年，全市民营企业进出口总额比上年增加10.0亿元，达到130.5亿元。"),
    ("2020年，全市一般公共预算收入201.4亿元。", "2020年，全市财政总收入301.4亿元。"),
    ("2020年，全市进出口总额330.5亿元。", "2020年，全市出口总额200.3亿元，服务贸易进出口20.5亿元。"),
    (TRADE, "2020年，对东盟，进出口50.3亿元。"),
    (TRADE, "2020年，民营企业进出口增长15%，达到90.2亿元，其中出口60.1亿元，进口30.1亿元。"),
    (TRADE, "2020年，民营企业进出口90.2亿元。其中，出口60.1亿元，进口30.1亿元。"),
    (TRADE, "从贸易方式看，2020年，一般贸易进出口180.2亿元，加工贸易进出口150.3亿元。"),
    (TRADE, "2020年，进出口总值320.5亿元，这是初步数。"),
    (TRADE, "2020年，综合保税区实现进出口总值80.2亿元，增长20%。"),
    ("2020年，全市一般公共预算收入100.5亿元。", "2020年，市本级税收收入30.2亿元，非税收入20.2亿元。"),
    ("2020年，全市完成投资500.0亿元。2020年，全市完成投资510.0亿元。", "2020年，全市完成投资520.0亿元。"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second"), TRUE)
def test_weak_keys_and_other_things_raise_nothing(first: str, second: str, tmp_path: Path) -> None:
    assert not [f for f in heard(tmp_path, first, second).findings if f.verdict in ("disagrees", "revision")]


@pytest.mark.parametrize(
    ("second", "verdict"),
    [
        ("2020年，全市进出口总额303.5亿元。", "disagrees"),
        ("据最终核定，2020年，全市进出口总额303.5亿元。", "revision"),
        ("经核实，2020年，全市进出口总额修订为303.5亿元。", "revision"),
        ("2020年，全市进出口总额330.5亿元。", "agrees"),
        ("2020年，全市进出口总额330.52亿元。", "within_rounding"),
        ("2021年，全市进出口总额340.5亿元，比上年增加10.0亿元。", "agrees"),
        ("2021年，全市进出口总额340.5亿元，比上年增加20.0亿元。", "disagrees"),
        ("2021年，全市进出口总额340.5亿元，同比增长3.0%。", "within_rounding"),
        ("2021年，全市进出口总额340.5亿元，同比增长13.0%。", "cannot_tell"),
        ("2021年，全市进出口总额比上年增加10.0亿元，达到340.5亿元。", "agrees"),
        ("2021年，全市进出口总额比上年增加20.0亿元，达到340.5亿元。", "disagrees"),
        ("2021年，全市进出口总额同比增长3.0%，达到340.5亿元。", "within_rounding"),
        ("2020年，全市外贸进出口总值303.5亿元。", "disagrees"),
        ("2020年，全市外贸进出口总值330.5亿元。", "agrees"),
    ],
)
def test_what_the_second_release_says_of_the_first(second: str, verdict: str, tmp_path: Path) -> None:
    book = heard(tmp_path, "2020年，全市进出口总额330.5亿元。", second)
    assert [finding.verdict for finding in book.findings] == [verdict]


SHARES = "2020年，全市第一产业占地区生产总值的比重为8.0%，第二产业占地区生产总值的比重为40.0%。"
WHOLE = "2020年，全市进出口总额330.5亿元。"


@pytest.mark.parametrize(
    ("releases", "verdict"),
    [
        ((WHOLE, "2020年，全市出口200.3亿元。", "2020年，全市进口130.2亿元。"), "agrees"),
        ((WHOLE, "2020年，全市出口200.3亿元，进口130.2亿元。"), "agrees"),
        ((WHOLE, "2020年，全市出口200.3亿元，进口120.2亿元。"), "disagrees"),
        ((WHOLE, "2020年，全市出口超过200亿元，进口150.2亿元。"), "cannot_tell"),
        ((WHOLE, "据初步统计，2020年，全市出口200.3亿元，进口120.2亿元。"), "cannot_tell"),
        ((WHOLE, "2020年，全市出口200.3亿元。", "2020年，全市出口205.3亿元，进口120.2亿元。"), "cannot_tell"),
        ((SHARES, "2020年，全市第三产业占地区生产总值的比重为52.0%。"), "agrees"),
        ((SHARES, "2020年，全市第三产业占地区生产总值的比重为54.0%。"), "disagrees"),
        # One document that holds them all is judged by its own report; a part that nobody printed leaves nothing to say.
        ((WHOLE + "2020年，全市出口200.3亿元，进口120.2亿元。", "谢谢。"), None),
        ((WHOLE, "2020年，全市出口200.3亿元。"), None),
    ],
)  # fmt: skip
def test_parts_of_one_whole_in_several_releases(releases: tuple[str, ...], verdict: str | None, tmp_path: Path) -> None:
    book = series.book(spoken(tmp_path, [(2020, f"2021-0{n}-20", words) for n, words in enumerate(releases, 1)]))
    assert [f.verdict for f in book.findings if f.identity == "shares"] == ([verdict] if verdict else [])


def test_parts_that_are_told_a_year_later_accuse_nobody(tmp_path: Path) -> None:
    later = spoken(tmp_path, [(2020, "2021-01-20", WHOLE), (2020, "2022-01-20", "2020年，全市出口200.3亿元，进口120.2亿元。")])
    assert [(f.identity, f.verdict, f.reason) for f in series.book(later).findings] == [("shares", "cannot_tell", "other_basis")]


def test_a_newspaper_speaks_of_many_places_and_an_office_of_one() -> None:
    def told_by(issuer: str) -> Book:
        pages = [made(n, [figure(0, 2020, value)]) for n, value in enumerate(("330", "303"))]
        changed = [msgspec.structs.replace(p, document=msgspec.structs.replace(p.document, region=None, issuer=issuer)) for p in pages]
        return series.book(changed)

    assert len(told_by("云屏市统计局").findings) == 1
    assert not told_by("云屏晚报").series


def test_a_slip_in_the_middle_release_is_raised_once(tmp_path: Path) -> None:
    reports = [made(n, [figure(0, 2020, value)]) for n, value in enumerate(("330", "303", "330"))]
    assert [f.verdict for f in series.book(reports).findings] == ["disagrees", "agrees"]


def test_a_key_that_holds_many_things_accuses_nobody(tmp_path: Path) -> None:
    few, many_ = (series.book([made(n, [figure(0, 2020, str(300 + 2 * n))]) for n in range(count)]) for count in (3, 9))
    assert Counter(f.verdict for f in few.findings) == {"disagrees": 2}
    assert Counter((f.verdict, f.reason) for f in many_.findings) == {("cannot_tell", "ambiguous"): 8}


def test_the_year_before_knows_february() -> None:
    assert year_before(Span("2021-01-01", "2021-02-28")) == Span("2020-01-01", "2020-02-29")
    assert year_before(Span("2020-01-01", "2020-02-29")) == Span("2019-01-01", "2019-02-28")
    assert year_before(Span("2020-01-01", "2020-12-31")) == Span("2019-01-01", "2019-12-31")


def call(*words: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = cli.main(["series", *words])
    done = capsys.readouterr()
    return code, done.out, done.err


def test_the_command_shows_writes_and_draws(out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drawn, sheet = tmp_path / "svg", tmp_path / "values.csv"
    code, text, _ = call(str(out), "--lang", "en", "--svg", str(drawn), "--csv", str(sheet), capsys=capsys)
    assert code == 1
    assert " ".join(text.split()).count("contradict each other.") == 4
    assert "104.2%" in text
    assert all(path.read_bytes().startswith(b"<svg") for path in drawn.iterdir())
    assert len(list(drawn.iterdir())) == 7
    rows = sheet.read_bytes()
    assert rows.startswith("\ufeffregion,".encode())
    assert rows.count(b"\r\n") > 70
    assert call(str(out), "--exit-zero", capsys=capsys)[0] == 0


def test_what_a_person_dismissed_is_named_and_counts_no_more(out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book, kept = series.book(series.read(out)), tmp_path / "review.json"
    wrong = [finding for finding in book.findings if finding.verdict == "disagrees"]
    for finding in wrong[1:]:
        review.keep_series(kept, finding, "false_alarm")
    review.keep_series(kept, wrong[0], "confirmed")
    code, text, _ = call(str(out), "--lang", "en", "--review", str(kept), "--csv", str(tmp_path / "v.csv"), capsys=capsys)
    assert code == 1
    assert "✖ contradict 1 " in text
    assert "⚑ 3 you ruled false alarms" in text
    assert (tmp_path / "v.csv").read_text("utf-8-sig").count("disagrees (false alarm)") == 6
    review.keep_series(kept, wrong[0], "false_alarm")
    assert call(str(out), "--review", str(kept), capsys=capsys)[0] == 0
    assert call(str(out), "--review", str(kept), "--no-review", capsys=capsys)[0] == 1
    review.keep_series(kept, wrong[0], None)
    assert call(str(out), "--review", str(kept), capsys=capsys)[0] == 1


def test_a_ruling_outlives_a_page_that_is_saved_anew_and_not_a_change_of_what_it_says(tmp_path: Path) -> None:
    told_ = [(2020, "2021-01-20", WHOLE), (2020, "2021-02-20", WHOLE.replace("330.5", "303.5"))]
    (finding,) = series.book(spoken(tmp_path, told_)).findings
    review.keep_series(tmp_path / "review.json", finding, "false_alarm")
    held = review.read(tmp_path / "review.json")
    again = series.book(spoken(tmp_path, [(year, day, f"{words}谢谢。") for year, day, words in told_])).findings
    assert [review.series_rulings(again, held).get(f.id) for f in again] == ["false_alarm"]
    assert again[0].id != finding.id
    other = series.book(spoken(tmp_path, [told_[0], (2020, "2021-02-20", WHOLE.replace("330.5", "333.5"))])).findings
    assert not review.series_rulings(other, held)
    assert len(other) == 1


def test_parts_of_a_run_are_one_book_and_a_document_in_two_of_them_is_one(out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = (out / "reports.jsonl").read_bytes().splitlines(keepends=True)
    for name, part in (("a", lines[:8]), ("b", lines[5:])):
        (tmp_path / name).mkdir()
        (tmp_path / name / "reports.jsonl").write_bytes(b"".join(part))
    whole = call(str(out), "--json", capsys=capsys)[1]
    assert call(str(tmp_path / "a"), str(tmp_path / "b"), "--json", capsys=capsys)[1] == whole
    assert call(str(tmp_path / "a"), "--json", capsys=capsys)[1] != whole


@pytest.mark.parametrize("size", [1, 700, 20_000, 1 << 30])
def test_blocks_hold_every_report_once(size: int, out: Path) -> None:
    cut = series.blocks([out], size)
    if size == 1:
        cut = cut[::997] + cut[-3:]
        assert sum(len(list(series.reports(block))) for block in cut) <= 15
    else:
        assert [report for block in cut for report in series.reports(block)] == list(series.read(out))


def test_a_ledger_judged_in_parts_is_the_same_book(out: Path) -> None:
    whole = series.book(series.read(out))
    kept = [ledger.parted(ledger.gather(series.reports(block)), 5) for block in series.blocks([out], 20_000)]
    boxes = {n: list(ledger.unpacked(ledger.packed(one[n]) for one in kept if n in one)) for n in range(5)}
    assert sum(1 for several in boxes.values() for one in several if one.entries) > 5
    assert ledger.bound(ledger.judged(reversed(several)) for several in boxes.values()) == whole


def test_json_lines_are_findings_worst_first_then_series(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, text, _ = call(str(out), "--json", capsys=capsys)
    records = [json.loads(line) for line in text.splitlines()]
    assert code == 1
    assert [record["record"] for record in records] == sorted(record["record"] for record in records)
    assert records[0]["verdict"] == "disagrees"
    assert {record["record"] for record in records} == {"finding", "series"}
    assert text.encode() == b"".join(shown.lines(series.book(series.read(out))))


def test_a_folder_without_reports_and_a_broken_one_are_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, text, problem = call(str(tmp_path), capsys=capsys)
    assert (code, text) == (2, "")
    assert problem.count("\n") == 1
    assert "heshu run" in problem
    (tmp_path / "reports.jsonl").write_text('{"half": \n', "utf-8")
    code, _, problem = call(str(tmp_path), capsys=capsys)
    assert code == 2
    assert problem.count("\n") == 1
    assert "line 1" in problem


def test_without_the_drawing_part_the_problem_is_one_line(
    out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    code, _, problem = call(str(out), "--svg", str(tmp_path / "svg"), capsys=capsys)
    assert code == 2
    assert problem.count("\n") == 1
    assert "heshu[web]" in problem


METRICS = ("trade.total", "finance.revenue", "consumption.retail", "gdp", "deposit", "loan", "trade.export", "trade.import")


def figure(at: int, year: int, value: str, metric: str = "trade.total") -> Figure:
    """A level that stands at ``at``."""
    low, high = f"{int(value) - 1}.5", f"{value}.5"
    return Figure(
        f"f{at:012x}", at, at + 6, value.rjust(6), "money", value, "CNY", low, high, None, metric, metric, None, ("云屏市",),
        Period(f"{year}-01-01", f"{year}-12-31", None), None, None, None, "made",
    )  # fmt: skip


def made(number: int, figures: list[Figure], region: str = "990500") -> Report:
    """A report of 2024 and after that holds those figures."""
    text = " " * 8 + "。" * 4000
    provenance = Provenance(None, "utf-8", 0, "#zoom", None)
    document = Document(
        f"sha256:{number:064x}", f"{number}.html", "text/html", "utf-8", "发布会", "云屏市", Region("云屏市", region), f"{2024 + number % 9}-01-20",
        None, None, text, provenance,
    )  # fmt: skip
    coverage = Coverage(len(figures), 0, 0, 0, 0, ())
    return Report("1.1", Tool("heshu", "0"), document, (), tuple(figures), (), (), (), (), coverage)


def many(documents: int, each: int) -> Iterator[Report]:
    """Releases of fifty regions that print the same facts; about every thousandth figure is a slip."""
    count = 0
    for number in range(documents):
        listed = []
        for n in range(each):
            count += 1
            year, metric = 2015 + n // len(METRICS) % 8, METRICS[n % len(METRICS)]
            value = str(100_000 + year * 7 + n % len(METRICS) * 1000 + (50_000 + count if count % 997 == 0 else 0))
            listed.append(figure(n * 60, year, value, metric))
        yield made(number, listed, f"99{number % 50:04}")


def written(folder: Path, documents: int, each: int) -> Path:
    encode = msgspec.json.Encoder().encode
    with (folder / "reports.jsonl").open("wb") as lines:
        lines.writelines(encode(report) + b"\n" for report in many(documents, each))
    return folder


def test_many_figures_small(tmp_path: Path) -> None:
    book = series.book(series.read(written(tmp_path, 200, 50)))
    assert (book.documents, len(book.series)) == (200, 400)
    assert 1 <= sum(f.verdict == "disagrees" for f in book.findings) <= 20


@pytest.mark.slow
def test_two_hundred_thousand_figures(tmp_path: Path) -> None:
    folder = written(tmp_path, 4000, 50)
    book = series.book(series.read(folder))
    text = shown.text(book, lang="zh", width=80, everything=False)
    assert sum(len(printed.values) for one in book.series for printed in one.periods) == 200_000
    assert sum(f.verdict == "disagrees" for f in book.findings) >= 100
    assert "4,000" in text
