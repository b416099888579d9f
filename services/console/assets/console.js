/** What JavaScript adds to every page: a slider that says where it stands, charts in place. */
for (const range of document.querySelectorAll("[data-slider] input[type=range]")) {
  const output = range.form.querySelector("output");
  range.addEventListener("input", () => (output.textContent = range.value));
  range.addEventListener("change", () => range.form.requestSubmit());
}

for (const current of document.querySelectorAll(".scroller .is-current rect")) {
  const scroller = current.closest(".scroller");
  const middle = Number(current.getAttribute("x")) - scroller.clientWidth / 2;
  scroller.scrollLeft = Math.max(0, middle);
}
