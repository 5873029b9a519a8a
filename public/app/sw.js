// The service worker: what a reader has seen can be read again without a network.
//
// It stands at the site's own folder, whatever that is, and keeps four caches there:
//   pages     pages and lists: from the network, which has three seconds; then the copy, which says
//             when it was made. At most 40, the oldest go first.
//   pictures  within what is left of 20 MB, the oldest go first.
//   assets    files whose names hold a hash of their content: the copy is as good as the file.
//   saved     stories that the reader saved. The app writes them; this worker only reads them.
//
// It takes over at once and never reloads a page: a page does not depend on the worker's version,
// so an update interrupts nothing. When the host no longer has this file (404 or 410) it removes
// itself and its caches: deleting `sw.js` from a deployment is the way out of any trouble.
const TEXTS = "TEXTS";
const BASE = new URL(self.registration.scope).pathname;
const NAME = `dateline:${BASE}:`;
const [PAGES, PICTURES, ASSETS, SAVED] = ["pages", "pictures", "assets", "saved"].map((name) => `${NAME}${name}:1`);
const OFFLINE = `${BASE}offline.html`;
const LIMIT = 3000;
const MOST_PAGES = 40;
const MOST_BYTES = 20_000_000;
const MOST_ASSETS = 6_000_000;
const HOUR = 3_600_000;
// Every page of the site and every shell has it. What a hotel's network or a host that is being mended
// answers in the place of a page has not.
const ROOT = /<div\sid="?app"?\s[^>]*\sdata-strings=/;

const isHtml = (answer) => /html/.test(answer.headers.get("content-type") ?? "");

self.addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      await refresh(new Request(OFFLINE, { cache: "no-cache" }));
      await self.skipWaiting();
    })(),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      const own = [PAGES, PICTURES, ASSETS, SAVED];
      for (const name of await caches.keys()) {
        if (name.startsWith(NAME) && !own.includes(name)) await caches.delete(name);
      }
      // Where what is asked for ahead fails, Firefox (seen in 153; GoogleChrome/workbox#3134) shows its own
      // error page, whatever the worker has to give: offline nothing could be read.
      const ahead = self.registration.navigationPreload;
      await (/Firefox\//.test(navigator.userAgent) ? ahead?.disable() : ahead?.enable());
      await self.clients.claim();
    })(),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const inside = url.pathname.slice(BASE.length);
  const foreign = url.origin !== self.location.origin || !url.pathname.startsWith(BASE);
  if (request.method !== "GET" || request.headers.has("range")) return;
  if (request.destination === "image") return event.respondWith(picture(event, request, foreign));
  if (foreign || /^(sw\.js$|data\/|embed\/|app\/)/.test(inside)) return;
  if (inside.startsWith("assets/")) return event.respondWith(asset(event, request));
  const page = request.mode === "navigate" || (request.destination === "" && /(^|\/|\.html)$/.test(inside));
  if (page) event.respondWith(visit(event, request));
});

self.addEventListener("message", (event) => {
  const { keep, forget, status } = event.data ?? {};
  if (Array.isArray(keep)) event.waitUntil(keepAll(keep));
  // The app could not start from what is kept: the next page asks the network again.
  if (forget) event.waitUntil(caches.delete(ASSETS));
  if (status) event.source?.postMessage({ dateline: "status", text: status === "offline" ? TEXTS.offline : "" });
});

/** A page: the network while it is quick, else the copy, else what there is instead. */
async function visit(event, request) {
  const answer = network(event, request);
  let slow;
  const limit = new Promise((resolve) => (slow = setTimeout(resolve, LIMIT, "slow")));
  const first = await Promise.race([answer.catch(() => null), limit]);
  clearTimeout(slow);
  if (first && first !== "slow") {
    tell(event, "");
    return first;
  }
  const copy = await copyOf(request.url);
  if (!copy && first === "slow") return answer.catch(() => instead(event, request));
  // A late answer is still kept for the next time.
  event.waitUntil(answer.catch(() => null));
  if (!copy) return instead(event, request);
  return marked(event, request, copy, first === null);
}

async function network(event, request) {
  const preloaded = request.mode === "navigate" ? await event.preloadResponse : null;
  const answer = preloaded ?? (await fetch(request));
  if (answer.status >= 500) throw new Error(`${request.url}: ${answer.status}`);
  // What the site no longer has is not to be read from here either.
  if (answer.status === 404 || answer.status === 410) {
    event.waitUntil(caches.open(PAGES).then((cache) => cache.delete(plain(request.url))));
  }
  if (answer.ok && answer.type === "basic") {
    const copy = answer.clone();
    event.waitUntil(keep(PAGES, plain(request.url), copy).then(trim));
  }
  if (request.mode === "navigate") event.waitUntil(stillWanted());
  return answer;
}

/** The address without what does not change a page: search words are the page's own business. */
function plain(address) {
  const url = new URL(address);
  url.hash = "";
  url.search = "";
  return url.href;
}

async function copyOf(address) {
  const pages = await caches.open(PAGES);
  const saved = await caches.open(SAVED);
  return (await pages.match(plain(address))) ?? (await saved.match(plain(address)));
}

/** A copy says so at its top, outside of what the app takes over. */
async function marked(event, request, copy, offline) {
  const saved = TEXTS.saved.replace("{time}", moment(copy.headers.get("x-dateline-at")));
  const text = offline ? `${TEXTS.offline} ${saved}` : saved;
  if (request.mode !== "navigate") {
    tell(event, text);
    return copy;
  }
  const html = await copy.text();
  const note = `<p id="offline-note" role="status">${escape(text)}</p>`;
  return page(html.replace(ROOT, (root) => note + root), copy.headers);
}

/** The page for what is not here: it lists what is. */
async function instead(event, request) {
  const copy = await (await caches.open(PAGES)).match(new URL(OFFLINE, self.location).href);
  if (!copy || request.mode !== "navigate") return Response.error();
  const lists = [];
  for (const [name, title] of [[SAVED, TEXTS.stories], [PAGES, TEXTS.pages]]) {
    const links = await titles(name);
    if (links.length > 0) lists.push(`<h2>${escape(title)}</h2><ul>${links.join("")}</ul>`);
  }
  const list = lists.length > 0 ? lists.join("") : `<p>${escape(TEXTS.nothing)}</p>`;
  const html = await copy.text();
  // The app would find another page than was prerendered; it has nothing to do here.
  return page(html.replace("<p data-kept></p>", () => list).replace(/<script type="module"[^>]*><\/script>/, ""), copy.headers, 503);
}

/** Links to the pages of a cache, the newest first. */
async function titles(name) {
  const cache = await caches.open(name);
  const links = [];
  for (const request of (await cache.keys()).reverse()) {
    const copy = await cache.match(request);
    if (request.url.endsWith(OFFLINE) || !copy || !isHtml(copy)) continue;
    const title = /<title>([^<]*)<\/title>/.exec(await copy.text())?.[1] || escape(request.url);
    links.push(`<li><a href="${escape(request.url)}">${title}</a></li>`);
  }
  return links;
}

function page(html, headers, status = 200) {
  const kept = new Headers(headers);
  kept.delete("content-length");
  kept.delete("content-encoding");
  return new Response(html, { status, headers: kept });
}

async function picture(event, request, foreign) {
  const known = await caches.match(request, { cacheName: SAVED, ignoreVary: true })
    ?? (await caches.match(request, { cacheName: PICTURES, ignoreVary: true }));
  if (known) return known;
  const answer = await fetch(request);
  // What another host does not share cannot be measured, so it is not kept.
  if (answer.ok && !foreign && !isHtml(answer)) event.waitUntil(keep(PICTURES, request.url, answer.clone()).then(trim));
  return answer;
}

async function asset(event, request) {
  // A page whose bundle did not start asks past every copy, and then for what has come (boot.js).
  const again = request.cache === "reload";
  const known = again ? null : await caches.match(request, { cacheName: ASSETS, ignoreVary: true });
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok && !isHtml(answer)) {
    const kept = keep(ASSETS, request.url, answer.clone());
    event.waitUntil(kept);
    if (again) await kept;
  }
  return answer;
}

/** What the page that registered this worker was made of, so that one visit is enough. */
async function keepAll(addresses) {
  for (const address of addresses.slice(0, 60)) {
    const url = new URL(address, self.location);
    if (url.origin !== self.location.origin || !url.pathname.startsWith(BASE)) continue;
    await refresh(new Request(url, { cache: "default" })).catch(() => null);
  }
  await trim();
}

async function refresh(request) {
  const inside = new URL(request.url).pathname.slice(BASE.length);
  const answer = await fetch(request);
  const type = answer.headers.get("content-type") ?? "";
  const isAsset = inside.startsWith("assets/");
  let name = isAsset ? ASSETS : null;
  if (type.startsWith("image/")) name = PICTURES;
  if (isHtml(answer)) name = isAsset ? null : PAGES;
  if (answer.ok && name) await keep(name, name === PAGES ? plain(request.url) : request.url, answer);
}

/**
 * Keeps an answer with its time and size; in the place of a page only a page of this site. A full disk is
 * no error: then it is simply not kept.
 */
async function keep(name, address, answer) {
  try {
    const body = await answer.arrayBuffer();
    if (name === PAGES && !ROOT.test(new TextDecoder().decode(body))) return;
    const headers = new Headers(answer.headers);
    headers.delete("content-encoding");
    headers.set("x-dateline-at", new Date().toISOString());
    headers.set("x-dateline-size", body.byteLength);
    const cache = await caches.open(name);
    await cache.delete(address);
    await cache.put(address, new Response(body, { headers }));
  } catch (error) {
    if (error.name === "QuotaExceededError") await caches.delete(PICTURES);
  }
}

let trimming = Promise.resolve();

/** Removes the oldest until everything fits; saved stories are not ours to remove. */
function trim() {
  trimming = trimming.then(async () => {
    const pages = await entries(PAGES);
    const extra = pages.filter(({ url }) => !url.endsWith(OFFLINE));
    while (extra.length > MOST_PAGES) await drop(PAGES, pages, extra.shift());
    const assets = await entries(ASSETS);
    while (bytes(assets) > MOST_ASSETS) await drop(ASSETS, assets, assets[0]);
    const pictures = await entries(PICTURES);
    while (bytes(pages) + bytes(assets) + bytes(pictures) > MOST_BYTES) {
      if (pictures.length > 0) await drop(PICTURES, pictures, pictures[0]);
      else if (extra.length > 0) await drop(PAGES, pages, extra.shift());
      else break;
    }
  }).catch(() => null);
  return trimming;
}

const bytes = (list) => list.reduce((sum, { size }) => sum + size, 0);

async function drop(name, list, entry) {
  await (await caches.open(name)).delete(entry.url);
  list.splice(list.indexOf(entry), 1);
}

/** What a cache holds, the oldest first. */
async function entries(name) {
  const cache = await caches.open(name);
  const all = await Promise.all((await cache.keys()).map(async ({ url }) => {
    const headers = (await cache.match(url))?.headers;
    return { url, at: headers?.get("x-dateline-at") ?? "", size: Number(headers?.get("x-dateline-size") ?? 0) };
  }));
  return all.sort((a, b) => (a.at < b.at ? -1 : 1));
}

let asked = 0;

/** Asks the host now and then whether it still has this file. */
async function stillWanted() {
  if (Date.now() - asked < HOUR) return;
  asked = Date.now();
  const answer = await fetch(`${BASE}sw.js`, { method: "HEAD", cache: "no-store" }).catch(() => null);
  if (answer?.status === 404 || answer?.status === 410) {
    await self.registration.unregister();
    for (const name of await caches.keys()) {
      if (name.startsWith(NAME) && name !== SAVED) await caches.delete(name);
    }
  }
}

/** Tells the page that asked how old what it gets is; empty text takes the note away. */
function tell(event, text) {
  event.waitUntil(
    self.clients.get(event.clientId).then((client) => client?.postMessage({ dateline: "status", text })),
  );
}

function moment(iso) {
  const at = new Date(iso ?? Date.now());
  const today = at.toDateString() === new Date().toDateString();
  const style = today ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" };
  return new Intl.DateTimeFormat(TEXTS.language, style).format(at);
}

function escape(text) {
  return text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);
}
