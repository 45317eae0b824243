// Long text boxes grow with what is typed, in browsers whose CSS cannot do it (`field-sizing`).
export function growTextBoxes() {
  if (CSS.supports("field-sizing", "content")) return;
  for (const box of document.querySelectorAll("textarea")) {
    const grow = () => {
      box.style.height = "auto";
      box.style.height = `${box.scrollHeight + 4}px`; // 4: its two borders
    };
    box.addEventListener("input", grow);
    grow();
  }
}
