"""E-mails that must go out: a row in the transaction of the deed, sent by a relay. Knows no person, record or page."""
