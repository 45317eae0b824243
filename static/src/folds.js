// Tab leads from the heading of an opened fold to its options. A group of radio buttons is one stop for Tab, so that
// otherwise it goes past them. Without this script the arrows lead into the fold from the options beside it.
export function leadIntoFolds() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Tab" || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
    const fold = event.target.closest(".app-more[open] > summary")?.parentElement;
    const radio = fold?.querySelector("input:checked") ?? fold?.querySelector("input");
    if (!radio) return;
    event.preventDefault();
    radio.focus();
  });
}
