// In a cell of the sharing table S, R and W choose and go on to the next cell; the sum under the table follows.
// The words of the sum are those of decisions/guide/sharing/table.py. Without this script the radios do.
const KEYS = { s: "share", r: "redact", w: "withhold" };

function chosen(cell) {
  return cell.querySelector("input:checked")?.value;
}

function sum(who, cells) {
  const goes = cells.filter((cell) => ["share", "redact"].includes(chosen(cell)));
  const redacted = goes.filter((cell) => chosen(cell) === "redact");
  if (!goes.length) return `${who} gets nothing.`;
  let words = `${who} will get ${goes.length === 1 ? "1 item" : `${goes.length} items`}`;
  if (redacted.length) {
    const box = redacted[0].closest("[data-row]").querySelector('input[name^="without-"]');
    const without = redacted.length === 1 && box ? box.value.trim() : "";
    words += `, ${redacted.length} of them ${without ? `without ${without}` : "in part"}`;
  }
  return `${words}.`;
}

export function startCells() {
  const table = document.querySelector(".app-cells");
  if (!table) return;
  document.querySelectorAll(".app-keys").forEach((hint) => hint.removeAttribute("hidden"));
  const cells = [...table.querySelectorAll("[data-cell]")];
  const add = () => {
    for (const line of document.querySelectorAll("[data-sum]")) {
      const its = cells.filter((cell) => cell.dataset.cell === line.dataset.sum);
      const words = sum(line.dataset.who, its);
      if (line.textContent !== words) line.textContent = words;
    }
  };
  const openRow = (cell) => {
    const row = cell.closest("[data-row]");
    const [more, part] = [row.querySelector("details"), row.querySelector(".app-part")];
    if (more && chosen(cell) === "redact") more.open = true;
    if (part) part.classList.toggle("govuk-radios__conditional--hidden", chosen(cell) !== "redact");
  };
  table.addEventListener("keydown", (event) => {
    const choice = KEYS[event.key.toLowerCase()];
    const cell = event.target.closest("[data-cell]");
    if (!choice || !cell || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const radio = cell.querySelector(`input[value="${choice}"]`);
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
    const next = cells[cells.indexOf(cell) + 1];
    (next?.querySelector("input:checked") ?? next?.querySelector("input") ?? radio).focus();
  });
  table.addEventListener("change", (event) => {
    const cell = event.target.closest("[data-cell]");
    if (cell) openRow(cell);
    add();
  });
  table.addEventListener("input", add);
}
