"""`manage.py create_organisation`: an organisation and its system administrator, before anybody can sign in."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from infoshare.accounts import invitations, services
from infoshare.accounts.models import Membership, OrganisationKind
from infoshare.accounts.permissions import SHELL
from infoshare.accounts.roles import Role


class Command(BaseCommand):
    help = "Makes an organisation and its system administrator, and prints the link that lets them choose a password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", required=True, help="name of the organisation")
        parser.add_argument(
            "--kind",
            required=True,
            choices=OrganisationKind.values,
            metavar="KIND",
            help=", ".join(OrganisationKind.values),
        )
        parser.add_argument("--admin-email", required=True, help="e-mail address of its system administrator")
        parser.add_argument("--admin-name", required=True, help="full name of its system administrator")
        parser.add_argument("--send", action="store_true", help="also e-mail the link")

    def handle(self, **options: Any) -> None:
        membership = make(options)
        person, organisation = membership.user, membership.organisation
        self.stdout.write(f"{organisation} is there, and {person.name} is its system administrator.")
        if person.has_usable_password():
            self.stdout.write(f"They sign in as before, as {person.email}.")
        else:
            days = invitations.LIFETIME.days
            self.stdout.write(f"To choose a password they open, once and within {days} days:\n")
            self.stdout.write(invitations.link_for(person))


@transaction.atomic
def make(options: dict[str, Any]) -> Membership:
    """Both or neither."""
    with told_by_option(name="--name"):
        organisation = services.create_organisation(by=SHELL, name=options["name"], kind=options["kind"])
    add = services.invite_person if options["send"] else services.add_person
    with told_by_option(name="--admin-name", email="--admin-email"):
        return add(
            by=SHELL,
            organisation=organisation,
            email=options["admin_email"],
            name=options["admin_name"],
            roles=[Role.SYSTEM_ADMINISTRATOR],
        )


@contextmanager
def told_by_option(**options: str) -> Iterator[None]:
    """What is wrong with a field is said of the option it came from."""
    try:
        yield
    except ValidationError as error:
        wrong = [f"{options.get(field, field)}: {told[0]}" for field, told in error.message_dict.items()]
        raise CommandError("; ".join(wrong)) from error
