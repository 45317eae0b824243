// A button that copies the words of a box. Without it they are selected and copied by hand.
export function copyWords() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("button[data-copies]")) {
    button.hidden = false;
    const said = document.createElement("span");
    said.className = "govuk-hint app-saved";
    said.setAttribute("role", "status");
    button.after(said);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).value);
      said.textContent = "Copied";
    });
  }
}
