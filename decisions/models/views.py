"""What people keep of the log's filters: fields and constraints. Writes: decisions.services."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower

from infoshare.accounts.models import Organisation, OwnedQuerySet, User


class SavedView(models.Model):
    """A person's filters under a name. `query` is the query string: ids and words of ours, never text of a case."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000)

    objects: ClassVar = OwnedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = [Lower("name")]
        constraints: ClassVar = [
            models.UniqueConstraint("organisation", "person", Lower("name"), name="one_saved_view_per_name")
        ]

    def __str__(self) -> str:
        return self.name
