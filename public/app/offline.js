// Registers the service worker once the app has started, and says on the page what it answers.
//
// A file of its own, imported by the start script before the app: it must work where the app does
// not, because it is also the way out. The worker does the rest (sw.js).
const base = "BASE";
const worker = navigator.serviceWorker;

/** A line at the top of the page, outside of what the app takes over. */
function say(text) {
  let note = document.getElementById("offline-note");
  if (!note) {
    if (!text) return;
    note = document.createElement("p");
    note.id = "offline-note";
    note.setAttribute("role", "status");
    document.body.prepend(note);
  }
  const app = document.getElementById("app");
  const before = app.getBoundingClientRect().top;
  note.textContent = text;
  note.hidden = !text;
  // Where the browser does not hold what is being read in its place (WebKit).
  if (scrollY && !CSS.supports("overflow-anchor", "auto")) scrollBy(0, app.getBoundingClientRect().top - before);
}

/** This site's own worker, where it is in charge: one of a folder above is another site's. */
function own() {
  const { controller } = worker;
  return controller?.scriptURL === new URL(`${base}sw.js`, location).href ? controller : null;
}

const ask = (message) => own()?.postMessage(message);

let remembered = false;
/** What this page was made of, for the first visit, which our worker did not see. */
function remember() {
  if (remembered || !own() || navigator.connection?.saveData) return;
  remembered = true;
  const used = performance.getEntriesByType("resource").map((entry) => entry.name);
  // A slow line had no time for the headlines' face (theme.js): the next page has it from the worker. Asked
  // for here it would be laid out with, for nothing.
  const plain = "plain" in document.documentElement.dataset;
  const faces = (plain && document.querySelector("style")?.textContent.match(/[^("']+\.woff2/g)) || [];
  ask({ keep: [...new Set([location.href, base, ...faces, ...used])] });
  form();
}

let has = false;
/** Words that are typed without a network are kept only if what keeps them is here. */
function form() {
  if (has || !own() || navigator.connection?.saveData) return;
  if (!document.querySelector('[data-part="comments"]')) return;
  ask({ keep: ["DESK_JS", "DESK_WASM"] });
  has = true;
}

/** The host has no worker any more: what an earlier release left is removed. */
async function leave() {
  const answer = await fetch(`${base}sw.js`, { method: "HEAD", cache: "no-store" });
  if (answer.status !== 404 && answer.status !== 410) return;
  for (const registration of await worker.getRegistrations()) {
    if (new URL(registration.scope).pathname === base) await registration.unregister();
  }
}

/** What the worker keeps of an app that did not start is forgotten: the next page asks the host. */
export async function start(alive) {
  if (!worker) return;
  worker.addEventListener("message", ({ data }) => data?.dateline === "status" && say(data.text));
  addEventListener("offline", () => ask({ status: "offline" }));
  addEventListener("online", () => say(""));
  if (!alive && self.WebAssembly) ask({ forget: true });
  document.addEventListener("dateline-page", form);
  form();
  // Registered again, a worker that is being removed would stay; a browser looks for a new one by
  // itself.
  if (own()) return leave().catch(() => null);
  worker.addEventListener("controllerchange", remember);
  try {
    await worker.register(`${base}sw.js`, { scope: base, updateViaCache: "none" });
  } catch {
    await leave().catch(() => null);
  }
}
