"""What findings say together: repairs, suspects, folding, withholding, remarks."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heshu.pipeline import equations, expressions, misprints, remarks, repair, run
from heshu.pipeline.interval import decimal
from heshu.schemas.finding import Finding, Message
from heshu.schemas.reading import Reading
from heshu.schemas.transcript import Source

PAGES = sorted((Path(__file__).parent.parent / "corpora" / "pages").glob("*/*.html"))


def trace(text: str) -> run.Trace:
    return run.trace(Source(name="made.txt", data=text.encode()))


def finding(seen: run.Trace, stated: str) -> Finding:
    return next(f for f in seen.report.findings if f.stated == stated)


def surface(seen: run.Trace, figure: str) -> str:
    return next(f.surface for f in seen.report.figures if f.id == figure)


def offer(seen: run.Trace, stated: str) -> tuple[str, str, int] | None:
    made = finding(seen, stated).repair
    return None if made is None else (surface(seen, made.figure), made.surface, made.makes_agree)


def test_a_rate_cut_off_is_offered_rounded() -> None:
    seen = trace("全市计划新开工项目164个，已开工141个，开工率85.9%。")
    assert finding(seen, "85.9%").verdict == "truncated"
    assert offer(seen, "85.9%") == ("85.9%", "86.0%", 1)


@pytest.mark.parametrize(
    ("text", "stated", "wanted"),
    [
        # A digit changed, two swapped, one lost, one too many, the point moved, in the result or below the line.
        ("全年接收来件5208件，办结5052件，办结率94.0%。", "94.0%", ("94.0%", "97.0%")),
        ("全年接收来件5208件，办结5052件，办结率79.0%。", "79.0%", ("79.0%", "97.0%")),
        ("全年接收来件5208件，办结5052件，办结率7.0%。", "7.0%", ("7.0%", "97.0%")),
        ("全年接收来件5208件，办结5052件，办结率997.0%。", "997.0%", ("997.0%", "97.0%")),
        ("全年接收来件5208件，办结5052件，办结率9.70%。", "9.70%", ("9.70%", "97.0%")),
        ("完成投资1434.9亿元(省级651.3亿元，市级754.9亿元，县级28.7元)。", "1434.9亿元", ("28.7元", "28.7亿元")),
    ],
)
def test_one_step_repairs(text: str, stated: str, wanted: tuple[str, str]) -> None:
    seen = trace(text)
    assert finding(seen, stated).verdict == "disagrees"
    made = offer(seen, stated)
    assert made is not None
    assert made[:2] == wanted


def test_the_figure_that_mends_most_findings_is_named() -> None:
    """Both rates contradict the figure between them only: two of its digits are swapped."""
    seen = trace("全年接收来件5208件，办结5502件，办结率97.0%，满意4688件，满意率92.8%。")
    assert {offer(seen, "97.0%"), offer(seen, "92.8%")} == {("5502件", "5052件", 2)}
    assert [surface(seen, s) for s in repair.suspects(seen.ledger, seen.report.findings)] == ["5502件"]


def test_a_figure_that_others_hold_is_not_repaired() -> None:
    """5052 stands under the second rate, 5208 is said twice: only the first rate is left."""
    seen = trace("全年接收来件5208件，办结5052件，办结率93.0%，满意4688件，满意率92.8%。")
    assert offer(seen, "93.0%") == ("93.0%", "97.0%", 1)
    assert [surface(seen, s) for s in repair.suspects(seen.ledger, seen.report.findings)] == ["93.0%"]


def test_what_is_far_from_agreeing_gets_no_repair() -> None:
    seen = trace("全年接收来件5208件，办结5052件，办结率43.1%。")
    assert finding(seen, "43.1%").verdict == "disagrees"
    assert finding(seen, "43.1%").repair is None


def test_sound_documents_get_neither_repair_nor_suspect() -> None:
    seen = trace("全年接收来件5208件，办结5052件，办结率97.0%，满意4688件，满意率92.8%。")
    assert [f.repair for f in seen.report.findings] == [None] * len(seen.report.findings) != []
    assert repair.suspects(seen.ledger, seen.report.findings) == ()


def test_the_rounding_habit_is_told_with_a_cut_off_rate() -> None:
    seen = trace("A县计划新开工项目48个，已开工43个，开工率89.6%。\nB县计划新开工项目164个，已开工141个，开工率85.9%。")
    assert "89.6%只能是四舍五入" in finding(seen, "85.9%").message.zh
    assert "89.6% in the same document can only have been rounded" in finding(seen, "85.9%").message.en
    alone = trace("B县计划新开工项目164个，已开工141个，开工率85.9%。")
    assert "四舍五入得来" not in finding(alone, "85.9%").message.zh


def test_rates_over_whole_numbers_are_few() -> None:
    seen = finding(trace("全市计划新开工项目164个，已开工141个，开工率85.9%。"), "85.9%")
    assert "只可能是85.4%、86.0%、86.6%" in seen.message.zh
    assert "only 85.4%, 86.0% and 86.6%" in seen.message.en
    many = finding(trace("全年接收来件52080件，办结50520件，办结率94.0%。"), "94.0%")
    assert "按整数计" not in many.message.zh


def test_a_share_adjusted_to_make_a_hundred_is_not_blamed() -> None:
    text = "全年受理诉求1000件，按类型分，咨询类{}件，占33.4%；投诉类333件，占33.3%；建议类333件，占33.3%。"
    (ratio,) = [f for f in trace(text.format(333).replace("1000", "999")).report.findings if f.stated == "33.4%"]
    assert (ratio.verdict, ratio.reason, ratio.repair) == ("cannot_tell", "other_basis", None)
    assert "凑足100%" in ratio.message.zh
    alone = trace("全年受理诉求999件，其中咨询类333件，占33.4%。")
    assert finding(alone, "33.4%").verdict == "disagrees"


def test_a_check_that_can_refuse_nothing_says_so() -> None:
    coarse = finding(trace("完成投资742.36亿元，占年度计划投资8亿元的9279.50%。"), "9279.50%")
    assert coarse.verdict == "agrees"
    assert "挑不出错" in coarse.message.zh
    fine = finding(trace("完成投资742.36亿元，占年度计划投资800.00亿元的92.8%。"), "92.8%")
    assert "挑不出错" not in fine.message.zh


def made_up(seen: run.Trace, denominator: int, claims: list[int], verdict: str) -> tuple[Finding, ...]:
    """Ratios of one document over one of its figures, with a verdict by hand."""
    ids = seen.ledger.ids
    return tuple(
        Finding(
            f"c{n}", "ratio", ids[n], (ids[n - 1], ids[denominator]), None, "x", "1", "1", "1", "2", verdict,  # type: ignore[arg-type]
            Message("甲。", "A."), "made", None, None, None,
        )
        for n in claims
    )


LIST = "共1000件，其中甲100件，占20%；乙200件，占40%；丙300件，占60%。"


def test_three_disagreements_over_one_denominator_are_one_of_the_denominator() -> None:
    seen = trace(LIST)
    made = remarks.folded(seen.ledger, made_up(seen, 0, [2, 4, 6], "disagrees"))
    assert [f.verdict for f in made] == ["disagrees", "cannot_tell", "cannot_tell"]
    assert "分母" in made[0].message.zh
    assert "1000件" in made[0].message.zh


def test_two_disagreements_or_one_that_agrees_are_not_folded() -> None:
    seen = trace(LIST)
    two = made_up(seen, 0, [2, 4], "disagrees")
    assert remarks.folded(seen.ledger, two) == two
    mixed = (*two, *made_up(seen, 0, [6], "disagrees")[:1], *made_up(seen, 0, [6], "agrees"))
    assert remarks.folded(seen.ledger, mixed) == mixed


@pytest.mark.parametrize("path", PAGES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_every_expression_gives_what_the_finding_says(path: Path) -> None:
    """Two independent ways to one number: the check's own arithmetic and the printed expression read back."""
    seen = run.trace(Source(name=path.name, data=path.read_bytes()))
    places = {id_: n for n, id_ in enumerate(seen.ledger.ids)}
    read = 0
    for f in seen.report.findings:
        eq = equations.equation(seen.ledger, f, places)
        made = equations.recomputed(eq) if eq is not None and eq.tree is not None and not eq.hedged else None
        if eq is None or made is None:
            continue
        read += 1
        assert decimal(made[0]) == f.computed, f.expression
        assert (made[1].low is None, made[1].high is None) == (False, False)
        assert (decimal(made[1].low or Fraction(0)), decimal(made[1].high or Fraction(0))) == (f.computed_low, f.computed_high), f.expression
        if f.verdict != "cannot_tell":
            assert equations.verdict(eq) == f.verdict, f.expression
    assert read > 0


@pytest.mark.parametrize(
    ("expression", "surfaces", "tree"),
    [
        ("579个 + 16个 − 9个", ["579个", "16个", "9个"], ("−", ("+", 0, 1), 2)),
        ("3个 + 3个", ["3个", "3个"], ("+", 0, 1)),
        ("5件 ÷ (20件 − 5件)", ["20件", "5件"], ("÷", 1, ("−", 0, 1))),
        ("2公顷 × 15", ["2公顷"], ("×", 0, Fraction(15))),
        ("34.32% − 3/12", ["34.32%"], ("−", 0, Fraction(25))),
        ("(8元 ÷ 2元)^(1/3) − 1", ["8元", "2元"], None),
        ("7个 + 8个", ["7个"], None),
        ("7个", ["7个", "8个"], None),
    ],
)
def test_expressions_are_read_back(expression: str, surfaces: list[str], tree: object) -> None:
    assert expressions.parsed(expression, surfaces) == tree


def reading(number: str, kind: str = "money") -> Reading:
    bare = number.rstrip("万亿")
    value = Decimal(bare) * {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}[number[len(bare) :]]
    return Reading(0, 1, kind, value, value, value, Decimal(0), "CNY", None, "made", (0, len(number)))  # type: ignore[arg-type]


@given(st.integers(10, 99999), st.integers(0, 2), st.sampled_from(["", "万", "亿"]))
def test_a_misprint_is_another_number_and_may_be_undone(digits: int, places: int, word: str) -> None:
    number = format(Decimal(digits).scaleb(-places), "f") + word
    seen = list(misprints.misprints(number, reading(number)))
    assert number not in [m.number for m in seen]
    assert len({m.number for m in seen}) == len(seen)
    for made in seen:
        assert made.reading.value is not None
        assert made.reading.value == reading(made.number).value
        if made.reading.value and made.rank:
            back = [m.number for m in misprints.misprints(made.number, made.reading)]
            assert number in back, made


def test_other_numerals_and_bounds_have_no_misprints() -> None:
    assert list(misprints.misprints("三十五", reading("35"))) == []
    hedged = Reading(0, 1, "money", Decimal(35), Decimal(35), None, Decimal(1), "CNY", "over", "made", (0, 2))
    assert list(misprints.misprints("35", hedged)) == []
