"""The tree against the vectors of Certificate Transparency, and its proofs against every small tree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infoshare.ledger import merkle

# The eight entries that RFC 6962's reference implementation is tested with, and the root after each.
ENTRIES = [
    bytes.fromhex(text)
    for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAVES = [merkle.leaf_hash(entry) for entry in ENTRIES]
INCLUSION_1_OF_8 = [
    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
]
CONSISTENCY_6_OF_8 = [
    "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
]


def tree(size: int) -> list[bytes]:
    return [merkle.leaf_hash(bytes([n % 256, n // 256])) for n in range(size)]


def subtree_of(leaves: list[bytes]) -> merkle.Subtree:
    return lambda start, end: merkle.root_of(leaves[start:end])


def test_the_empty_tree() -> None:
    assert merkle.root([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize("size", range(1, 9))
def test_the_published_roots(size: int) -> None:
    assert merkle.root_of(LEAVES[:size]).hex() == ROOTS[size - 1]


def test_the_published_proofs() -> None:
    assert [each.hex() for each in merkle.inclusion(0, 8, subtree_of(LEAVES))] == INCLUSION_1_OF_8
    assert [each.hex() for each in merkle.consistency(6, 8, subtree_of(LEAVES))] == CONSISTENCY_6_OF_8


@pytest.mark.parametrize("size", range(1, 34))
def test_every_inclusion_in_small_trees(size: int) -> None:
    leaves = tree(size)
    whole, subtree = merkle.root_of(leaves), subtree_of(leaves)
    for index, leaf in enumerate(leaves):
        proof = merkle.inclusion(index, size, subtree)
        assert merkle.root_from_inclusion(leaf, index, size, proof) == whole
        assert merkle.root_from_inclusion(leaf, index, size, [*proof, leaf]) is None
        for other in {index - 1, index + 1} - {-1, size}:
            assert merkle.root_from_inclusion(leaf, other, size, proof) != whole


@pytest.mark.parametrize("new", range(1, 26))
def test_every_growth_of_small_trees(new: int) -> None:
    leaves = tree(new)
    subtree, after = subtree_of(leaves), merkle.root_of(leaves)
    for old in range(new + 1):
        before = merkle.root_of(leaves[:old])
        proof = merkle.consistency(old, new, subtree)
        assert merkle.only_grew(old, new, before, after, proof)
        assert not merkle.only_grew(old, new, merkle.leaf_hash(b"other"), after, proof)
        if old not in (0, new):
            assert not merkle.only_grew(old, new, before, merkle.leaf_hash(b"other"), proof)
            assert not merkle.only_grew(old, new, before, after, [*proof, before])


@given(size=st.integers(0, 700), more=st.integers(1, 40))
def test_a_frontier_goes_on_as_if_it_had_never_stopped(size: int, more: int) -> None:
    leaves = tree(size + more)
    frontier: list[bytes] = []
    landmarks: list[merkle.Node] = []
    for index, leaf in enumerate(leaves):
        landmarks += merkle.append(frontier, index, leaf)
    assert merkle.root(frontier) == merkle.root_of(leaves)
    assert len(frontier) == (size + more).bit_count()
    assert landmarks == [(8, n, merkle.root_of(leaves[256 * n : 256 * (n + 1)])) for n in range((size + more) // 256)]
