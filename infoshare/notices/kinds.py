"""What a notice may be about, and how its e-mail counts it."""

from django.db import models


class Kind(models.TextChoices):
    EMERGENCY = "emergency", "Emergencies"
    TASK = "task", "Things to do"
    ADVICE = "advice", "Advice"
    REVIEW = "review", "Reviews"
    RECORD = "record", "Records"
    RETENTION = "retention", "How long records are kept"
    ACCESS = "access", "People and access"
