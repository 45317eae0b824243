"""The look: a crispy template pack named `govuk`, form fields and page components. Knows nothing of what pages say."""
