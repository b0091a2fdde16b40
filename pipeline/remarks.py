"""What is added to a finding's sentence: the document's rounding habit, shares forced to 100, a check without power, the suspect."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ..schemas.finding import Finding, Message
from .equations import Equation, recomputed
from .interval import half_up, rounded

if TYPE_CHECKING:
    from .relate.ledger import Ledger

_RATES = ("ratio", "growth")
_MOST_NAMED = 4
_FOLDED_FROM = 3
# Nine other last digits, half a unit on either side: a span below seven units always refuses one.
_TOO_WIDE = 7
# Whole numbers say something where the rates they can give lie at least so many last places apart.
_SPARSE = 2


def changed(finding: Finding, **more: Any) -> Finding:
    """The finding with other fields."""
    fields = {name: getattr(finding, name) for name in finding.__struct_fields__}
    return Finding(**{**fields, **more})


def noted(finding: Finding, zh: str, en: str, **more: Any) -> Finding:
    """The finding with a clause more in its sentence."""
    message = Message(f"{finding.message.zh.removesuffix('。')}；{zh}。", f"{finding.message.en.removesuffix('.')}; {en}.")
    return changed(finding, message=message, **more)


def remarked(
    ledger: Ledger, findings: tuple[Finding, ...], equation: Callable[[Finding], Equation | None], told: Mapping[str, str]
) -> tuple[Finding, ...]:
    """The findings with what the rest of the document adds to them; ``told`` names the suspect of a finding."""
    places = {id_: n for n, id_ in enumerate(ledger.ids)} if any(f.verdict != "cannot_tell" for f in findings) else {}
    habit = _only_rounded(ledger, findings, places) if any(f.verdict == "truncated" for f in findings) else []
    forced = _forced(findings, equation)
    made = []
    for finding in findings:
        if finding.id in forced:
            made.append(_not_blamed(finding))
            continue
        near = _whole_rates(equation(finding)) if finding.verdict in ("truncated", "disagrees") else ()
        if near:
            zh, en = "、".join(near), _listed(near)
            finding = noted(finding, f"按整数计，文中这一数值附近只可能是{zh}", f"over whole numbers only {en} can stand near it")
        if finding.verdict == "truncated" and habit:
            zh, en = "、".join(habit), _listed(habit)
            finding = noted(finding, f"同一篇中的{zh}只能是四舍五入得来", f"{en} in the same document can only have been rounded")
        elif finding.verdict == "disagrees" and finding.id in told:
            item = ledger.items[places[told[finding.id]]]
            words = "".join(ledger.text[item.start : item.end].split())
            finding = noted(finding, f"其余数字另有印证，疑点在{words}", f"the other figures are held by what else is said, the suspect is {words}")
        elif finding.verdict in ("agrees", "within_rounding") and _powerless(finding, ledger, places):
            zh, en = "数字太粗，末位换成别的数字也挑不出错", "the figures are so coarse that any other last digit would have passed"
            finding = noted(finding, zh, en)
        made.append(finding)
    return tuple(made)


def _listed(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if words[1:] else words)


def _whole_rates(eq: Equation | None) -> tuple[str, ...]:
    """The rates nearest to the claim that k ÷ n can give for whole k, where the claim is none of them: 85.4%、86.0%、86.6%."""
    if eq is None or eq.finding.identity != "ratio" or eq.claim is None or eq.claim.value is None or eq.claim.kind != "rate" or eq.hedged:
        return ()
    step, n = eq.claim.step, eq.readings[-1].value
    if not step or not n or len(eq.readings) != 2 or any(r.kind != "count" or r.step for r in eq.readings) or n * step * _SPARSE > 100:
        return ()
    k = round(Fraction(eq.claim.value) * Fraction(n) / 100)
    rates = [half_up(Fraction(100 * m) / Fraction(n), step) for m in (k - 1, k, k + 1) if m >= 0]
    return () if Fraction(eq.claim.value) in rates else tuple(f"{rounded(r, step)}%" for r in rates)


def _only_rounded(ledger: Ledger, findings: Iterable[Finding], places: Mapping[str, int]) -> list[str]:
    """Rates of the document, as printed, that lie above all they can be computed to: cutting off never gives more."""
    found: list[str] = []
    for finding in findings:
        if finding.identity not in _RATES or finding.verdict != "agrees" or finding.stated is None or finding.stated in found:
            continue
        claim = ledger.items[places[finding.claim or ""]].reading
        hedged = any(ledger.items[places[o]].reading.bound is not None for o in finding.operands)
        if claim.value is None or claim.bound is not None or finding.computed_high is None or not claim.step or hedged:
            continue
        if Decimal(0) <= Decimal(finding.computed_high) < claim.value:
            found.append(finding.stated)
            if len(found) == _MOST_NAMED:
                break
    return found


def _forced(findings: tuple[Finding, ...], equation: Callable[[Finding], Equation | None]) -> set[str]:
    """Ratios off by one last place whose claim is a member of shares that make exactly 100, and the only member that is off."""
    wrong = {f.claim: f for f in findings if f.identity == "ratio" and f.verdict == "disagrees"}
    forced: set[str] = set()
    if not wrong:
        return forced
    for finding in findings:
        if finding.identity != "shares" or finding.verdict != "agrees":
            continue
        off = [wrong[o] for o in finding.operands if o in wrong]
        if len(off) == 1 and _one_place(off[0], equation(off[0])):
            forced.add(off[0].id)
    return forced


def _one_place(finding: Finding, eq: Equation | None) -> bool:
    made = recomputed(eq) if eq is not None else None
    if made is None or eq is None or eq.claim is None or eq.claim.value is None or not eq.claim.step:
        return False
    return abs(half_up(made[0], eq.claim.step) - Fraction(eq.claim.value)) == Fraction(eq.claim.step)


def _not_blamed(finding: Finding) -> Finding:
    zh, en = "各项占比之和正好是100%，这一项可能为凑足100%作了调整", "the shares make exactly 100%, this one may have been adjusted to that end"
    return noted(finding, zh, en, verdict="cannot_tell", reason="other_basis", repair=None)


def _powerless(finding: Finding, ledger: Ledger, places: Mapping[str, int]) -> bool:
    return power(finding, ledger, places) == 0


def power(finding: Finding, ledger: Ledger, places: Mapping[str, int]) -> int | None:
    """How many of the nine other last digits of the claim the check would have refused; None where it has no such claim."""
    place = places.get(finding.claim or "")
    if place is None or finding.computed_low is None or finding.computed_high is None or finding.identity in ("bound", "rank"):
        return None
    claim = ledger.items[place].reading
    if claim.value is None or claim.bound is not None or finding.computed is None:
        return None
    step = claim.step or Decimal(1)
    if Decimal(finding.computed_high) - Decimal(finding.computed_low) < _TOO_WIDE * step:
        return 9 if not claim.step else _refused(finding, claim.value, step)
    return _refused(finding, claim.value, step)


def _refused(finding: Finding, value: Decimal, step: Decimal) -> int:
    """A digit is refused where neither rounding nor, for a rate, cutting off lets it pass."""
    low, high = Decimal(finding.computed_low or 0), Decimal(finding.computed_high or 0)
    last = int(abs(value) / step) % 10
    refused = 0
    for digit in range(10):
        other = value + (digit - last) * step
        above = other + (step if finding.identity in _RATES else step / 2)
        refused += digit != last and (other - step / 2 > high or above < low)
    return refused


def folded(ledger: Ledger, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Three or more ratios that disagree over one denominator, and none that agrees: one accusation, of the denominator."""
    over: dict[str, list[Finding]] = {}
    sound: set[str] = set()
    for finding in findings:
        if finding.identity == "ratio" and finding.operands:
            if finding.verdict == "disagrees":
                over.setdefault(finding.operands[-1], []).append(finding)
            elif finding.verdict != "cannot_tell":
                sound.add(finding.operands[-1])
    groups = {d: group for d, group in over.items() if len(group) >= _FOLDED_FROM and d not in sound}
    if not groups:
        return findings
    new: dict[str, Finding] = {}
    for denominator, group in groups.items():
        item = ledger.items[ledger.ids.index(denominator)]
        words, count = "".join(ledger.text[item.start : item.end].split()), len(group)
        zh, en = f"以{words}为分母的{count}个比率都对不上，疑点在这个分母", f"{count} ratios over {words} do not agree: the denominator is the suspect"
        new[group[0].id] = noted(group[0], zh, en)
        for finding in group[1:]:
            new[finding.id] = noted(finding, f"疑点在分母{words}", f"the suspect is the denominator {words}", verdict="cannot_tell", reason="ambiguous")
    return tuple(new.get(f.id, f) for f in findings)

