/** Narrows the list of services as a reader types. Without it the whole list stands there. */
const list = document.querySelector("[data-filter-list]");
if (list) {
  const box = document.createElement("div");
  box.className = "govuk-form-group";
  box.innerHTML =
    '<label class="govuk-label govuk-label--s" for="filter">' +
    "Search by name, rating or year</label>" +
    '<input class="govuk-input govuk-input--width-20" id="filter" ' +
    'type="search" autocomplete="off">' +
    '<p class="govuk-body-s" id="filter-count" role="status"></p>';
  list.before(box);
  const input = box.querySelector("input");
  const status = box.querySelector("[role=status]");
  const items = [...list.children];
  const narrow = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const shown = items.filter((item) => {
      const text = item.textContent.toLowerCase();
      item.hidden = !words.every((word) => text.includes(word));
      return !item.hidden;
    });
    status.textContent = `${shown.length} of ${items.length} reports`;
  };
  input.addEventListener("input", narrow);
  narrow();
}
