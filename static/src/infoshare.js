// The one script. Every page works without it: it starts the GOV.UK components and lets text boxes grow.
import { createAll } from "govuk-frontend/dist/govuk/init.mjs";
import { isSupported } from "govuk-frontend/dist/govuk/common/index.mjs";
import { Button } from "govuk-frontend/dist/govuk/components/button/button.mjs";
import { CharacterCount } from "govuk-frontend/dist/govuk/components/character-count/character-count.mjs";
import { Checkboxes } from "govuk-frontend/dist/govuk/components/checkboxes/checkboxes.mjs";
import { ErrorSummary } from "govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs";
import { NotificationBanner } from "govuk-frontend/dist/govuk/components/notification-banner/notification-banner.mjs";
import { PasswordInput } from "govuk-frontend/dist/govuk/components/password-input/password-input.mjs";
import { Radios } from "govuk-frontend/dist/govuk/components/radios/radios.mjs";
import { ServiceNavigation } from "govuk-frontend/dist/govuk/components/service-navigation/service-navigation.mjs";
import { SkipLink } from "govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs";
import { takeReferenceFromAddress } from "./arrive.js";
import { startCells } from "./cells.js";
import { copyWords } from "./copy.js";
import { leadIntoFolds } from "./folds.js";
import { growTextBoxes } from "./grow.js";
import { LeaveQuickly } from "./leave.js";
import { saveWhileTyping } from "./typed.js";

const components = [
  Button, CharacterCount, Checkboxes, ErrorSummary, LeaveQuickly, NotificationBanner,
  PasswordInput, Radios, ServiceNavigation, SkipLink,
];

// GOV.UK's own page sets these classes in an inline script, which our content policy forbids.
document.body.classList.add("js-enabled", "govuk-frontend-supported");
if (isSupported()) {
  components.forEach((component) => createAll(component));
}
growTextBoxes();
takeReferenceFromAddress();
saveWhileTyping();
copyWords();
// Filters stand open where there is room beside the list.
if (matchMedia("(min-width: 48.0625em)").matches) {
  document.querySelectorAll("details[data-open-on-desk]").forEach((part) => { part.open = true; });
}
startCells();
leadIntoFolds();
