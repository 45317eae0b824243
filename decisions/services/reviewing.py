"""An IG lead's verdict on a record, and the author's answer to it. Both are sealed; neither changes the record."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from decisions import contents, permissions, signing
from decisions.models import DecisionRecord, Review, ReviewAnswer, ReviewItem
from infoshare.accounts.models import Membership
from infoshare.notices.kinds import Kind
from infoshare.notices.services import notify

from .sealing import once, own_key, sealed

State = ReviewItem.State
AFTER = {
    Review.Verdict.ACCEPT: State.ACCEPTED,
    Review.Verdict.QUERY: State.QUERIED,
    Review.Verdict.DISAGREE: State.DISAGREED,
}


class ChangedMeanwhile(Exception):
    """The record has been added to since the reviewer read it."""


def review(
    *, record: DecisionRecord, by: Membership, verdict: Review.Verdict, comment: str, seen: str, key: UUID
) -> Review:
    """Sign `seen`, the hash of what the reviewer read. Raises ChangedMeanwhile when the record is no longer that."""
    permissions.check_may_review_record(by, record)
    if not comment.strip():
        raise ValueError("A review says why.")
    key = own_key(by, key)

    def find() -> Review | None:
        found: Review | None = Review.objects.within(by.organisation).filter(idempotency_key=key).first()
        return found

    return once(find, lambda: _write_review(record, by, verdict, comment, seen, key))


def _write_review(
    record: DecisionRecord, by: Membership, verdict: Review.Verdict, comment: str, seen: str, key: UUID
) -> Review:
    item = _lock(record)
    if signing.content_hash(record) != seen:
        raise ChangedMeanwhile
    at = timezone.now()
    content = {"kind": "review", "verdict": verdict.value, "comment": comment, "signed": seen}
    head = contents.head(reference=record.reference, by=by, at=at)
    made = Review(
        record=record,
        organisation=by.organisation,
        reviewer=by.user,
        signatory=by.user.name,
        verdict=verdict,
        reviewed_at=at,
        content_hash=seen,
        idempotency_key=key,
    )
    sealed(made, {**head, **content})
    item.state = AFTER[verdict]
    item.save(update_fields=["state"])
    _tell_author(made)
    return made


def _lock(record: DecisionRecord) -> ReviewItem:
    """The record's place in the queue, held until the deed is done. Records made before there was one get theirs."""
    fresh = {"organisation": record.organisation, "recorded_at": record.recorded_at, "risk": 0, "state": State.WAITING}
    item: ReviewItem = ReviewItem.objects.select_for_update().get_or_create(record=record, defaults=fresh)[0]
    return item


WORDS = {
    Review.Verdict.ACCEPT: "Your record was reviewed and accepted.",
    Review.Verdict.QUERY: "There is a question about one of your records. Answer it on the record.",
    Review.Verdict.DISAGREE: "A reviewer disagrees with one of your records. You can answer on the record.",
}


def _tell_author(made: Review) -> None:
    notify(
        person=made.record.author,
        organisation=made.organisation,
        kind=Kind.REVIEW,
        words=WORDS[Review.Verdict(made.verdict)],
        url=f"/log/{made.record_id}/",
        key=f"review:{made.pk}",
        email=made.verdict != Review.Verdict.ACCEPT,
    )


def answer_review(*, review: Review, by: Membership, text: str) -> ReviewAnswer:
    """The author's answer, once for each review; a second attempt finds the first."""
    if not permissions.may_answer(by, review):
        raise PermissionDenied("Only the person who made the record can answer its review.")
    with transaction.atomic():
        item = _lock(review.record)
        found: ReviewAnswer | None = ReviewAnswer.objects.within(by.organisation).filter(review=review).first()
        if found:
            return found
        at = timezone.now()
        head = contents.head(reference=review.record_id, by=by, at=at)
        answer = ReviewAnswer(review=review, organisation=by.organisation, author=by.user, answered_at=at)
        sealed(answer, {**head, "kind": "review_answer", "text": text})
        if item.state in (State.QUERIED, State.DISAGREED):
            item.state = State.ANSWERED
            item.save(update_fields=["state"])
        _tell_reviewer(review)
    return answer


def _tell_reviewer(review: Review) -> None:
    notify(
        person=review.reviewer,
        organisation=review.organisation,
        kind=Kind.REVIEW,
        words="The author has answered your review.",
        url=f"/log/{review.record_id}/review/",
        key=f"answer:{review.pk}",
    )
