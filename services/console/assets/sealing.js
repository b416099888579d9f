/**
 * Sealed scores: the browser makes the code, keeps it, and sends only SHA-256 of code, standard and
 * rating. Nobody, this console included, knows the score before it is opened.
 */
const keptAt = (place) => `assay-sealed-score:${place}`;

const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

const seal = async (form, code) => {
  const rating = form.elements["own"].value;
  const text = `${code}:${form.dataset.standard}:${rating}`;
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  form.elements["seal"].value = hex(new Uint8Array(digest));
  for (const own of form.querySelectorAll('[name="own"], [name="code"]')) own.disabled = true;
  localStorage.setItem(keptAt(form.dataset.sealing), JSON.stringify({ code, rating }));
  form.submit();
};

const sealing = document.querySelector("form[data-sealing]");
if (sealing) {
  const code = hex(crypto.getRandomValues(new Uint8Array(16)));
  sealing.elements["code"].value = code;
  sealing.addEventListener("submit", (event) => {
    if (!sealing.elements["own"].value) return;
    event.preventDefault();
    void seal(sealing, code);
  });
}

const opening = document.querySelector("form[data-opening]");
if (opening) {
  const kept = localStorage.getItem(keptAt(opening.dataset.opening));
  if (kept) {
    const { code, rating } = JSON.parse(kept);
    if (!opening.elements["nonce"].value) opening.elements["nonce"].value = code;
    opening.elements["rating"].value = rating;
  }
}
