/** What JavaScript adds to every page: sliders that say where they stand, clocks, and news. */
const clocks = new Set();

/** Counts down to a moment by this machine's clock. */
const countDown = (place) => {
  const left = Math.floor((Date.parse(place.dataset.until) - Date.now()) / 1000);
  const [days, hours] = [Math.floor(left / 86_400), Math.floor(left / 3600) % 24];
  const [minutes, seconds] = [Math.floor(left / 60) % 60, left % 60];
  const two = (number) => String(number).padStart(2, "0");
  const time = `${days > 0 ? `${days} d ` : ""}${two(hours)}:${two(minutes)}:${two(seconds)}`;
  place.querySelector("[data-clock]").textContent = left > 0 ? time : "Now";
};

/** Once for the page, and again for content that takes its place. */
const enliven = () => {
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
  for (const clock of clocks) clearInterval(clock);
  clocks.clear();
  for (const place of document.querySelectorAll("[data-until]")) {
    countDown(place);
    clocks.add(setInterval(() => countDown(place), 1000));
  }
};
enliven();

/** Whether somebody has begun to fill something in: then nothing may change under their hands. */
let touched = false;
document.addEventListener("input", () => (touched = true));

const main = () => document.querySelector("main");

/** The page's content anew, with what was opened left open and the place on the page kept. */
const refresh = async () => {
  const response = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!response.ok || response.redirected) return false;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  const content = fresh.querySelector("main");
  if (!content || touched) return false;
  const open = [...main().querySelectorAll("details[open][id]")].map(({ id }) => id);
  main().replaceWith(content);
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  enliven();
  return true;
};

const bar = document.querySelector("[data-live]");
if (bar) {
  const assessing = document.querySelector("form[data-answers]");
  let waiting;
  const news = new EventSource(bar.dataset.live);
  news.addEventListener("recorded", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const busy = touched || assessing || main().contains(document.activeElement);
      if (busy || !(await refresh().catch(() => false))) bar.hidden = Boolean(assessing);
    }, 400);
  });
  addEventListener("pagehide", () => news.close());
}
