/** Takes the whole case along on this device, so that its steps open without a connection. */
const takeAlong = async () => {
  const { offline, steps } = document.querySelector("[data-offline]").dataset;
  await navigator.serviceWorker.register(offline, { scope: "/inspections/" });
  const { active } = await navigator.serviceWorker.ready;
  const files = performance
    .getEntriesByType("resource")
    .map(({ name }) => new URL(name))
    .filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith("/assets/"))
    .map(({ pathname }) => pathname);
  const { port1, port2 } = new MessageChannel();
  const place = document.querySelector("[data-offline-state]");
  port1.addEventListener("message", ({ data }) => {
    if (data === "kept") place.textContent = "This case also opens without a connection.";
  });
  port1.start();
  active.postMessage({ files: [...new Set(files)], pages: steps.split(" ") }, [port2]);
};
if (navigator.serviceWorker && navigator.onLine)
  addEventListener("load", () => void takeAlong().catch(() => {}));
