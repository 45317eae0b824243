// Leave quickly: what is typed is sent first, then the neutral page takes this page's place in the history.
import { ExitThisPage } from "govuk-frontend/dist/govuk/components/exit-this-page/exit-this-page.mjs";
import { saveNow } from "./typed.js";

export class LeaveQuickly extends ExitThisPage {
  // GOV.UK's own would leave this page behind in the history.
  exitPage() {
    saveNow();
    document.body.classList.add("govuk-exit-this-page-hide-content");
    location.replace(this.$button.href);
  }
}
