/**
 * Narrows the list of reports as a reader types and chooses. Without it the whole list stands
 * there, and every choice is a page of its own.
 */
const list = document.querySelector("[data-filter-list]");
const navs = [...document.querySelectorAll("[data-filter]")];

const control = (id, words, field) => {
  const group = document.createElement("div");
  group.className = "govuk-form-group assay-search__field";
  const label = document.createElement("label");
  label.className = "govuk-label govuk-label--s";
  label.htmlFor = id;
  label.textContent = words;
  field.id = id;
  group.append(label, field);
  return group;
};

const choiceOf = (nav) => {
  const select = document.createElement("select");
  select.className = "govuk-select";
  const labels = [...nav.querySelectorAll("a")].map((link) => link.textContent);
  for (const [label, value] of [["Any", ""], ...labels.map((each) => [each, each])]) {
    select.append(new Option(label, value));
  }
  return { name: nav.dataset.filter, select };
};

if (list) {
  const search = document.createElement("form");
  search.className = "assay-search";
  search.setAttribute("role", "search");
  search.addEventListener("submit", (event) => event.preventDefault());
  const input = document.createElement("input");
  input.className = "govuk-input";
  input.type = "search";
  input.autocomplete = "off";
  search.append(control("filter", "Search by name", input));
  const choices = navs.map(choiceOf);
  for (const { name, select } of choices) {
    search.append(control(`filter-${name}`, name[0].toUpperCase() + name.slice(1), select));
  }
  const status = document.createElement("p");
  status.className = "govuk-body-s";
  status.setAttribute("role", "status");
  (navs[0] ?? list).before(search, status);
  for (const nav of navs) nav.hidden = true;

  const items = [...list.children];
  const narrow = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const shown = items.filter((item) => {
      const text = item.textContent.toLowerCase();
      const fits = ({ name, select }) => select.value === "" || item.dataset[name] === select.value;
      item.hidden = !words.every((word) => text.includes(word)) || !choices.every(fits);
      return !item.hidden;
    });
    status.textContent = `${shown.length} of ${items.length} reports`;
  };
  search.addEventListener("input", narrow);
  narrow();
}
