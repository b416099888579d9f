/**
 * The service worker of assessments: pages of a case that somebody has opened, and what they are
 * made of, stay on this device, so that work goes on without a connection. The network comes first;
 * what is kept is shown only when there is none.
 */
const keptFor = 14 * 24 * 3_600_000;
const isPage = (pathname) =>
  /^\/inspections\/[^/]+\/cases\/[^/]+\/assess(\/[^/]+)?$/.test(pathname);
const isFile = (pathname) => pathname.startsWith("/assets/");
const cabinet = () => caches.open("assay-cases");

const putAway = async (path, response) => {
  if (response.ok && !response.redirected) await (await cabinet()).put(path, response.clone());
  return response;
};

/** As it was kept; undefined where it was not, or too long ago. */
const kept = async (path) => {
  const found = await (await cabinet()).match(path, { ignoreVary: true });
  if (!found) return undefined;
  const age = Date.now() - Date.parse(found.headers.get("date") ?? "");
  return isFile(path) || age < keptFor ? found : undefined;
};

/** Files are named by their content. */
const file = async (path) => (await kept(path)) ?? putAway(path, await fetch(path));

const page = async (request, path) => {
  let response;
  try {
    response = await fetch(request);
  } catch (error) {
    const found = await kept(path);
    if (found) return found;
    throw error;
  }
  return putAway(path, response);
};

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const { method, url, mode } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin) return;
  if (isFile(pathname)) event.respondWith(file(pathname));
  else if (mode === "navigate" && isPage(pathname))
    event.respondWith(page(event.request, pathname));
});

/** A case is taken along whole, with steps that nobody has opened yet. */
addEventListener("message", ({ data, ports: [port] }) => {
  const all = [...data.files.map(file), ...data.pages.map((path) => page(path, path))];
  void Promise.all(all).then(
    () => port.postMessage("kept"),
    () => port.postMessage("not kept"),
  );
});
