"""The engine's figures on the newest edition: `make bench NAME=engine`. Ratios are taken within one process.

The peer, zen-engine, is given the same rules (peers.py) and the same sittings, round by round, and must agree.
"""

import gc
import json
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from decisions.engine import ask
from decisions.engine.exact import Days
from decisions.engine.explain import explain
from decisions.engine.loading import load, loads
from decisions.engine.prove import prove
from decisions.engine.ruleset import RuleSet
from tests.benchmarks import peers
from tests.benchmarks.copies import copies
from tests.benchmarks.report import Figure, at_least, at_most, publish
from tests.engine.sittings import random_answer, random_answers
from tests.engine.test_diagrams import EDITIONS, lists

SAMPLE = Path(__file__).parents[1] / "engine" / "sample.yaml"
Json = dict[str, Any]
WARM, ROUNDS, EACH, GUIDED = 2_000, 9, 200, 150


def seconds(work: Callable[[], object]) -> float:
    """Of processor time, which other work on the machine disturbs least."""
    started = time.process_time()
    work()
    return time.process_time() - started


def peer_all(peer: Any, sittings: list[Json]) -> None:
    for answers in sittings:
        peer.evaluate(answers, {"trace": True})


def explain_all(ruleset: RuleSet, day: date, sittings: list[Json], found: list[Json]) -> None:
    found += [explain(ruleset, answers, day).core for answers in sittings]


def explanations(ruleset: RuleSet, day: date) -> Iterator[Figure]:
    """Every round has sittings never seen before; evaluation is part of the explanation."""
    random = Random(1)
    for _ in range(WARM):
        _ = explain(ruleset, random_answers(ruleset, random, day), day).core
    gc.collect()
    gc.freeze()  # as a server does once it is warm: what stays is not looked through again and again
    ratios, alone, times = [], [], []
    peer = peers.decision(ruleset, day)
    for _ in range(ROUNDS):
        sittings = [random_answers(ruleset, random, day) for _ in range(EACH)]
        found: list[Json] = []
        mine = seconds(partial(explain_all, ruleset, day, sittings, found))
        ratios.append(mine / seconds(partial(list, map(json.dumps, found))))
        alone.append(mine / EACH * 1e6)
        asked = [peers.given(ruleset, answers, e["asked"]) for answers, e in zip(sittings, found, strict=True)]
        times.append(seconds(partial(peer_all, peer, asked)) / mine)
        check_agreement(ruleset, peer, asked[0], found[0])
    yield at_least("evaluation with explanation, against zen-engine with trace", median(times), "× faster", 10)
    yield at_most("evaluation with explanation, against json.dumps of it", median(ratios), "×", 1.0)
    yield Figure("evaluation with explanation", round(median(alone), 1), "µs", "none: depends on the machine", True)


def check_agreement(ruleset: RuleSet, peer: Any, asked: Json, ours: Json) -> None:
    theirs = peer.evaluate(asked)["result"]
    assert all(theirs.get(name) == found["value"] for name, found in ours["decisions"].items())
    for item_set in ruleset.sets:
        inside = {entry["item"] for entry in ours["sets"][item_set.id]["in"]}
        assert inside == {item.id for item in item_set.items if theirs[f"{item_set.id}_{item.id}"]}


def questions(ruleset: RuleSet, day: date) -> Iterator[Figure]:
    """Steps of random sittings in which the organisation's profile is known, the first one cold."""
    random, steps, asked = Random(2), [], []
    profile = [question for question in ruleset.questions if question.profile]
    ask.next_question(ruleset, {}, day)
    for _ in range(GUIDED):
        answers = {question.id: random_answer(question, random, day) for question in profile}
        while True:
            started = time.process_time()
            question = ask.next_question(ruleset, answers, day)
            steps.append(time.process_time() - started)
            if question is None:
                break
            answers[question.id] = random_answer(question, random, day)
        asked.append(len(answers) - len(profile))
    steps.sort()
    yield at_most("next question, p50", steps[len(steps) // 2] * 1e3, "ms", 0.2)
    yield at_most("next question, p95", steps[int(len(steps) * 0.95)] * 1e3, "ms", 2)
    yield Figure("questions asked in a random sitting, mean", round(sum(asked) / len(asked), 1), "", "none", True)


def proofs(ruleset: RuleSet) -> Iterator[Figure]:
    report = prove(ruleset)
    taken = median(seconds(lambda: prove(ruleset)) for _ in range(3))
    yield at_most(f"proof of {len(report.obligations)} obligations, all days, cold", taken, "s", 0.25)
    yield Figure("obligations not proved", len(report.broken), "", "none", report.sound)


def sizes() -> Iterator[Figure]:
    large = loads(copies(SAMPLE.read_text(encoding="utf-8"), 11))
    taken = median(seconds(lambda: Days(large).make_all()) for _ in range(3))
    yield at_most(f"{len(large.questions)} questions, compiled", taken, "s", 0.2)
    two = loads(lists(24))
    taken = median(seconds(lambda: Days(two).make_all()) for _ in range(3))
    yield at_most("two separate lists of 24 things, compiled", taken, "s", 0.2)


def main() -> None:
    ruleset = load(EDITIONS[-1])
    day = ruleset.turning_days[-1]
    figures = [*explanations(ruleset, day), *questions(ruleset, day), *proofs(ruleset), *sizes()]
    publish("engine", figures)


if __name__ == "__main__":
    main()
