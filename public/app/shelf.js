// Keeps saved stories: text and pictures in a cache of their own, the list of them beside it.
//
// Loaded when a reader saves a story or looks at the saved ones. The service worker answers from
// this cache and never removes anything from it; nothing but the reader does, and a source that
// takes a story back (`withdrawn.json`).
const PICTURES = /<img\b[^>]*>/g;

const listName = (base) => `dateline:1:saved:${base}`;
const cacheName = (base) => `dateline:${base}:saved:1`;

function read(base) {
  try {
    const list = JSON.parse(localStorage.getItem(listName(base)) ?? "[]");
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}

const write = (base, list) => localStorage.setItem(listName(base), JSON.stringify(list));

const attribute = (tag, name) => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
const plain = (text) => text?.replaceAll("&amp;", "&");

/** The picture as this screen shows it, else its middle size. */
function chosen(tag) {
  const source = plain(attribute(tag, "src"));
  const sizes = plain(attribute(tag, "srcset"))?.split(/,\s+/).map((one) => one.trim().split(/\s+/)[0]) ?? [];
  const same = (address) => new URL(address, location).href;
  const shown = [...document.images].find((image) => image.currentSrc && [source, ...sizes].some((one) => one && same(one) === image.currentSrc));
  return shown?.currentSrc ?? (sizes[sizes.length >> 1] || source);
}

/** A picture element without its choices: offline there is one. */
function single(html, kept) {
  return html.replace(/<source\b[^>]*>/g, "").replace(PICTURES, (tag) => {
    const address = chosen(tag);
    if (!address) return tag;
    kept.add(new URL(address, location).href);
    const bare = tag.replace(/\s(srcset|sizes|src|loading)="[^"]*"/g, "");
    return `<img src="${address.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}"${bare.slice(4)}`;
  });
}

async function put(cache, address, body, type) {
  const headers = { "content-type": type, "x-dateline-at": new Date().toISOString(), "x-dateline-size": body.size };
  await cache.put(address, new Response(body, { headers }));
  return body.size;
}

async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: the server answered ${answer.status}`);
  return answer;
}

const actions = {
  async list(base) {
    const list = read(base);
    if (list.length === 0) return list;
    const answer = await fetch(`${base}withdrawn.json`).catch(() => null);
    const gone = answer?.ok ? (await answer.json().catch(() => ({}))).stories : null;
    if (!Array.isArray(gone)) return list;
    let changed = false;
    for (const story of list) {
      if (story.withdrawn || !gone.some(({ href }) => href === story.href)) continue;
      await drop(base, story);
      Object.assign(story, { withdrawn: true, bytes: 0, pictures: [] });
      changed = true;
    }
    if (changed) write(base, list);
    return list;
  },

  async save(base, { href, headline }) {
    const cache = await caches.open(cacheName(base));
    const answer = await fetched(href);
    const html = await answer.text();
    // A network's log-in page, or a host's notice: no page of this site (sw.js).
    if (!/<div\sid="?app"?\s[^>]*\sdata-strings=/.test(html)) throw new Error(`${href}: the answer is no page of this site`);
    const from = html.indexOf("<article");
    const to = html.indexOf("</article>");
    const wanted = new Set();
    const text = from < 0 ? html : html.slice(0, from) + single(html.slice(from, to), wanted) + html.slice(to);
    let bytes = await put(cache, new URL(href, location).href, new Blob([text]), "text/html; charset=utf-8");
    const pictures = [];
    for (const address of wanted) {
      // What another host does not share is left to the network.
      const picture = await fetched(address).catch(() => null);
      if (!picture) continue;
      bytes += await put(cache, address, await picture.blob(), picture.headers.get("content-type") ?? "");
      pictures.push(address);
    }
    const list = read(base).filter((story) => story.href !== href);
    list.unshift({ href, headline, at: Date.now(), bytes, pictures });
    write(base, list);
    return list;
  },

  async remove(base, { href }) {
    const list = read(base);
    const story = list.find((one) => one.href === href);
    const rest = list.filter((one) => one !== story);
    write(base, rest);
    if (story) await drop(base, story, rest);
    return rest;
  },

  async clear(base) {
    write(base, []);
    await caches.delete(cacheName(base));
    return [];
  },
};

/** Removes what was kept of a story, but for pictures that another one shows too. */
async function drop(base, story, others = read(base).filter(({ href }) => href !== story.href)) {
  const cache = await caches.open(cacheName(base));
  await cache.delete(new URL(story.href, location).href);
  const needed = new Set(others.flatMap(({ pictures }) => pictures ?? []));
  for (const address of story.pictures ?? []) if (!needed.has(address)) await cache.delete(address);
}

// Every answer is the list as it is afterwards. One thing after the other: two at once would each
// write the list without the other's story.
let before = Promise.resolve();
globalThis.datelineShelf = (base, action, detail) => {
  const run = before.then(async () => JSON.stringify(await actions[action](base, JSON.parse(detail || "{}"))));
  before = run.catch(() => null);
  return run;
};
