"""The desk's numbers, each with the way to the list that it counts."""

from collections.abc import Mapping

from django.urls import reverse

from infoshare.govuk.components import Row
from retention.counting import LISTS

from .sweeps import count_in_words


def numbers(found: Mapping[str, int], second_person: tuple[int, int]) -> list[Row]:
    waiting, cooling = (count_in_words(number) for number in second_person)
    lists = [
        Row(LISTS[name].title, count_in_words(number), url=reverse("retention:list", args=[name]), action="Show")
        for name, number in found.items()
    ]
    decide = reverse("retention:waiting")
    return [
        *lists,
        Row("Waiting for a second person", waiting, url=decide, action="Show"),
        Row("Agreed, and cooling off", cooling, url=decide, action="Show"),
    ]
