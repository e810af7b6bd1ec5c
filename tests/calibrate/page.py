"""The maintainers' page shared_rules/CALIBRATION.md: figures only, no word of a mail."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import ModuleType

from server.rulebook.book import Rulebook
from tests.calibrate import figures
from tests.calibrate.drops import Judged
from tests.calibrate.figures import Change
from tests.calibrate.samples import OTHER, OWN_SAMPLES, TUNING

HEAD = """# Calibration of the rules

Made by `make calibrate SHARED=folder` from rulebook {version}; do not edit. {mails} mails, offline: no look-ups,
no lists, {meaning}.

## How to read it

- **Fires** counts mails, not hits. A rule is good if it fires on fraud and not on honest mail, or if a combo needs it.
- **Changes of level** is what a rule is worth today: the mails whose level changes if this rule alone goes (its combos are
  evaluated anew). "Fraud falls" is what would be missed, "honest falls" is what would be spared; for a trust rule read the
  rises. A rule without any change is spare: ceilings or its siblings already do its work. That is no reason to strike it.
- **Fires together**: two rules with points share over 80 % of the rarer one's mails, at least 5. They count one doubt twice
  unless they lie in one group that is at its ceiling.
- **Without a group**: a fall of AUC is what the group brings beyond all others; a rise says that it does harm there.
- The other half of the labelled mails is kept unread, so it appears in totals only. Tune on the tuning half alone.

## Limits of the data

- labelled mails: synthetic, a hundred in all; one mail is two percent of a half.
- own samples (tests/mail/honest, tests/mail/patterns): written by the project, read by those who write rules.
- list_trade_fraud: real, but 32 mails, sent in bulk to technical lists; their wording repeats.
- list_419: real advance fee, picked by fraud phrases, so such phrases look better than they are.
- phishing_pot, nazario: phishing of consumers, 2015 to today; hardly any trade.
- sa_spam, sa_ham: of 2002 and 2003; form and topics are of another age.
- bec_synth: written by a machine.
- usrp_ham: 51 honest customers of one maker; enron_ham_hdr: honest business mail, subject and body only.
- list_ham: technical, topics give it away.
- No public collection of honest trade inquiries exists: honest figures of the corpora flatter, the labelled and own ones count.
- No headers but From and Reply-To in the corpora, no look-ups anywhere: rules on domains, links and authentication rest.
"""
SHORT = {
    TUNING: "labelled", OWN_SAMPLES: "own", "list_trade_fraud": "trade", "list_419": "419", "phishing_pot": "pot",
    "nazario": "naz", "bec_synth": "bec", "sa_spam": "spam", "usrp_ham": "usrp", "enron_ham_hdr": "enron",
    "list_ham": "list", "sa_ham": "sa",
}  # fmt: skip
FRAUD = (TUNING, OWN_SAMPLES, "list_trade_fraud", "list_419", "phishing_pot", "nazario", "bec_synth", "sa_spam")
HONEST = (TUNING, OWN_SAMPLES, "usrp_ham", "enron_ham_hdr", "list_ham", "sa_ham")


def page(mails: Sequence[Judged], measure: ModuleType, book: Rulebook, *, meaning: bool) -> str:
    """The whole page. `meaning`: whether what sentences mean was read."""
    told = figures.readable(mails)
    parts = [
        HEAD.format(
            version=book.version, mails=f"{len(mails):,}", meaning="with moves" if meaning else "without moves"
        ),
        "## Sets\n\n" + sets(mails),
        "## AUC, and without each group\n\n" + groups(mails, measure, book),
        "## Costly rules\n\n" + costly(told, book),
        "## Changes of level when a rule goes\n\n" + marginal(told, book),
        "## Rules that fire together\n\n" + doubled(told, book),
        "## Rules that never fire\n\n" + never(told, book),
        "## Fires, rule by rule\n\n" + firing(told, book),
    ]
    return "\n".join(parts)


def grid(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; 0 is shown as a dot."""
    lines = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    lines += ["| " + " | ".join("·" if cell == 0 else str(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def sets(mails: Sequence[Judged]) -> str:
    """Mails and shares of levels of every set."""
    rows: list[list[object]] = []
    for name in dict.fromkeys(mail.set for mail in mails):
        for fraud in (True, False):
            levels = [mail.outcome[1] for mail in mails if mail.set == name and mail.fraud == fraud]
            if levels:
                shares = [f"{sum(level >= place for level in levels) / len(levels):.3f}" for place in (1, 2, 3)]
                rows.append([name, "fraud" if fraud else "honest", len(levels), *shares])
    return grid(["set", "label", "mails", "caution+", "high+", "critical"], rows)


def groups(mails: Sequence[Judged], measure: ModuleType, book: Rulebook) -> str:
    """AUC of every comparison with all rules, and what changes without a group, in thousandths."""
    found = figures.ablations(mails, measure, book)
    names = [name for name, _, _ in figures.comparisons(measure)]
    without = [group for group in found if group]
    rows = [
        [name, f"{found[''][at]:.3f}", *(signed(found[group][at] - found[""][at]) for group in without)]
        for at, name in enumerate(names)
    ]
    return "AUC with all rules; then its change without the group, in thousandths.\n\n" + grid(
        ["fraud / honest", "all", *without], rows
    )


def signed(change: float) -> object:
    """A change in thousandths with its sign, 0 as a number."""
    value = round(change * 1000)
    return f"{value:+d}" if value else 0


def costly(mails: Sequence[Judged], book: Rulebook) -> str:
    """Rules whose absence would spare more honest mails than miss fraud, on mails about goods; trust the other way."""
    found = figures.changes([mail for mail in mails if mail.set in figures.TRADE])
    rows = [
        [f"`{name}`", book.by_id[name].points, change.fraud_falls, change.honest_falls, change.fraud_rises]
        for name, change in sorted(found.items())
        if change.honest_falls > change.fraud_falls or change.fraud_rises > change.honest_rises
    ]
    intro = (
        "On the sets about goods (labelled tuning half, own samples, list_trade_fraud, usrp_ham): rules that raise more"
        " honest mails than fraud by a level, and trust that lowers more fraud than honest mails (fraud rises without it).\n\n"
    )
    return intro + grid(["rule", "points", "fraud falls", "honest falls", "fraud rises"], rows)


def marginal(mails: Sequence[Judged], book: Rulebook) -> str:
    """By rule: changes of level on mails about goods, and on the other corpora."""
    trade = figures.changes([mail for mail in mails if mail.set in figures.TRADE])
    rest = figures.changes([mail for mail in mails if mail.set not in figures.TRADE])
    rows = [
        [f"`{name}`", rule.group, rule.points, *cells(trade.get(name, Change())), *cells(rest.get(name, Change()))]
        for name, rule in book.by_id.items()
        if name in trade or name in rest
    ]
    kinds = ["fraud falls", "honest falls", "fraud rises", "honest rises"]
    head = ["rule", "group", "points", *(f"goods: {kind}" for kind in kinds), *(f"rest: {kind}" for kind in kinds)]
    return grid(head, rows)


def cells(change: Change) -> list[object]:
    """A change as four cells."""
    return [change.fraud_falls, change.honest_falls, change.fraud_rises, change.honest_rises]


def doubled(mails: Sequence[Judged], book: Rulebook) -> str:
    """Pairs that count one doubt twice."""
    rows = [
        [f"`{pair.rarer}`", f"`{pair.other}`", pair.together, f"{pair.share:.2f}", same_group(pair, book)]
        for pair in figures.pairs(mails, book)
    ]
    return grid(["rarer", "other", "mails together", "of the rarer", "one group"], rows)


def same_group(pair: figures.Pair, book: Rulebook) -> str:
    """The group that both lie in, if it is one."""
    one, two = book.by_id[pair.rarer].group, book.by_id[pair.other].group
    return one if one == two else ""


def never(mails: Sequence[Judged], book: Rulebook) -> str:
    """Rules that fired on no mail: unchecked for want of facts, or checked in vain."""
    found = figures.silent(mails, book)
    wanting = sorted(f"`{name}`" for name, checked in found.items() if not checked)
    rows = [[f"`{name}`", book.by_id[name].group, checked] for name, checked in sorted(found.items()) if checked]
    return (
        f"Nowhere checked, because the facts they need come from look-ups, lists, headers, moves or a thread ({len(wanting)}): "
        f"{', '.join(wanting)}.\n\nChecked and silent ({len(rows)}):\n\n"
        + grid(["rule", "group", "mails checked"], rows)
    )


def firing(mails: Sequence[Judged], book: Rulebook) -> str:
    """Mails on which each rule fires, set by set."""
    count = figures.fires(mails)
    columns = [(name, True) for name in FRAUD] + [(name, False) for name in HONEST]
    rows: list[list[object]] = []
    for name, rule in book.by_id.items():
        row = [count[name, set_name, fraud] for set_name, fraud in columns]
        if any(row):
            rows.append([f"`{name}`", rule.group, rule.points, *row])
    head = ["rule", "group", "pts", *(f"F {SHORT[name]}" for name in FRAUD), *(f"H {SHORT[name]}" for name in HONEST)]
    return f"F fraud, H honest. Totals of the unread half ({OTHER}) stand above only.\n\n" + grid(head, rows)
