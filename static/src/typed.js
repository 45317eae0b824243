// Long text is saved while it is typed, and the page says when. Without it each Continue saves.
const PAUSE = 1500; // milliseconds without a key
const MARKS = "input[data-typed-url], input[data-keep-url]";
const touched = new Set(); // the marks of forms changed since they were saved

function send(mark) {
  const fields = new FormData(mark.form);
  if (mark.dataset.typedUrl) fields.delete(mark.name); // only what has no draft must say whose it is
  fields.set("page", location.pathname);
  touched.delete(mark);
  return fetch(mark.dataset.typedUrl || mark.dataset.keepUrl, {
    method: "POST", body: new URLSearchParams(fields), redirect: "manual", keepalive: true,
  });
}

// For someone who leaves at once: every form that was changed, long text or not.
export function saveNow() {
  touched.forEach((mark) => send(mark).catch(() => {}));
}

function saver(mark, status) {
  return async () => {
    try {
      const response = await send(mark);
      if (!response.ok) throw new Error(response.status);
      status.textContent = (await response.json()).saved;
    } catch {
      status.textContent = "Not saved yet. Select Continue to save: nothing you typed is lost.";
    }
  };
}

function saveInPauses(mark) {
  const form = mark.form;
  const button = form.querySelector(".govuk-button-group, button[type=submit]");
  if (!mark.dataset.typedUrl || !form.querySelector("textarea") || !button) return;
  const status = document.createElement("p");
  status.className = "govuk-hint app-saved";
  status.setAttribute("role", "status");
  button.before(status);
  const save = saver(mark, status);
  let timer = 0;
  const now = () => {
    clearTimeout(timer);
    if (touched.has(mark)) save();
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(now, PAUSE);
  });
  document.addEventListener("visibilitychange", () => document.hidden && now());
  addEventListener("pagehide", now);
}

export function saveWhileTyping() {
  for (const mark of document.querySelectorAll(MARKS)) {
    mark.form.addEventListener("input", () => touched.add(mark));
    mark.form.addEventListener("submit", () => touched.delete(mark));
    saveInPauses(mark);
  }
}
