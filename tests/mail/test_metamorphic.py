"""What does not change a mail's meaning must not change its level in the wrong direction.

Courtesy, a nation, a name or a currency never raises it; letters, markup or text that the reader does not see, and
text below the mail, never lower it. Exceptions of today: known_gaps.csv.
"""

from __future__ import annotations

import pytest

from server.model import Message
from tests.mail.gaps import FILE, known
from tests.mail.variants import DISGUISES, HARMLESS, Variant
from tests.mail.vetted import Bench, Result, table


def rewritten(
    variant: Variant, samples: dict[str, Message], results: dict[str, Result], bench: Bench
) -> dict[str, Result]:
    """The results of all sample mails after a rewriting."""
    book = bench.vetting.rulebook
    return {name: bench(variant(message, results[name].language, book)) for name, message in samples.items()}


@pytest.mark.parametrize("variant", HARMLESS)
def test_harmless_and_not_raised_by(
    variant: str, samples: dict[str, Message], results: dict[str, Result], bench: Bench
) -> None:
    after = rewritten(HARMLESS[variant], samples, results, bench)
    limits = known(variant)
    raised = [name for name in samples if after[name].rank > max(results[name].rank, limits.get(name, 0))]
    assert not raised, [f"{name}: {results[name]} -> {after[name]}" for name in raised]


@pytest.mark.parametrize("variant", DISGUISES)
def test_disguised_and_not_lowered_by(
    variant: str, samples: dict[str, Message], results: dict[str, Result], bench: Bench
) -> None:
    after = rewritten(DISGUISES[variant], samples, results, bench)
    limits = known(variant)
    lowered = [name for name in samples if after[name].rank < min(results[name].rank, limits.get(name, 9))]
    assert not lowered, [f"{name}: {results[name]} -> {after[name]}" for name in lowered]


@pytest.mark.parametrize("variant", [*HARMLESS, *DISGUISES])
def test_a_rewriting_rewrites(variant: str, samples: dict[str, Message], bench: Bench) -> None:
    change = (HARMLESS | DISGUISES)[variant]
    changed = [name for name, message in samples.items() if change(message, "en", bench.vetting.rulebook) != message]
    assert len(changed) >= 8


def test_known_gaps_name_what_there_is(samples: dict[str, Message]) -> None:
    for row in table(FILE):
        assert row["variant"] in {"as it is", *HARMLESS, *DISGUISES}, row
        assert row["file"] in samples, row
        assert len(row["reason"]) > 20, row
