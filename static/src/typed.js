// Long text is saved while it is typed, and the page says when. Without it each Continue saves.
const PAUSE = 1500; // milliseconds without a key

function saver(mark, form, status) {
  return async () => {
    const fields = new FormData(form);
    fields.delete(mark.name);
    fields.set("page", location.pathname);
    try {
      const response = await fetch(mark.dataset.typedUrl, {
        method: "POST", body: new URLSearchParams(fields), redirect: "manual", keepalive: true,
      });
      if (!response.ok) throw new Error(response.status);
      status.textContent = (await response.json()).saved;
    } catch {
      status.textContent = "Not saved yet. Select Continue to save: nothing you typed is lost.";
    }
  };
}

export function saveWhileTyping() {
  for (const mark of document.querySelectorAll("input[data-typed-url]")) {
    const form = mark.form;
    const button = form.querySelector(".govuk-button-group, button[type=submit]");
    if (!form.querySelector("textarea") || !button) continue;
    const status = document.createElement("p");
    status.className = "govuk-hint app-saved";
    status.setAttribute("role", "status");
    button.before(status);
    const save = saver(mark, form, status);
    let timer = 0;
    const now = () => {
      if (!timer) return;
      clearTimeout(timer);
      timer = 0;
      save();
    };
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(now, PAUSE);
    });
    form.addEventListener("submit", () => {
      clearTimeout(timer);
      timer = 0;
    });
    document.addEventListener("visibilitychange", () => document.hidden && now());
    addEventListener("pagehide", now);
  }
}
