// A case system may link to the start page with #case=…: take the reference from there and clear it from the address.
export function takeReferenceFromAddress() {
  const form = document.querySelector("form[data-reference-from-address]");
  const reference = new URLSearchParams(location.hash.slice(1)).get("case");
  if (!form || reference === null) return;
  history.replaceState(null, "", location.pathname);
  const field = form.elements.namedItem("case_reference");
  if (!field.value) field.value = reference.slice(0, field.maxLength);
}
