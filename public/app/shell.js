// An empty shell, before the start script. It asks for its data while the press is on its way; the
// press takes the answers from here. The press can do everything and is large: where the widget's small
// bundle can read what the source answers, its words are set meanwhile, the galley, where the press
// will set them (`view/shell.rs` has the stand-ins).
const { base, early, strings } = document.getElementById("app").dataset;
const asked = (self.datelineEarly ??= {});
const ask = (url) => {
  if (!url || asked[url]) return;
  const credentials = /^\/(?!\/)/.test(url) ? "same-origin" : "omit";
  const signal = AbortSignal.timeout?.(8000);
  asked[url] = fetch(url, { credentials, signal }).catch(() => null);
};
const file = (href) => (asked[href] ??= fetch(href).then((it) => (it.ok ? it : it.text().then(() => null)), () => null));
ask(base + "site.json");
// Until then the press waits.
let due;
// Where nothing is known of the source there is nothing to ask.
if (early) {
  const told = JSON.parse(early);
  const inside = location.pathname.slice(base.length).replace(/\/$/, "");
  const slug = inside.split("/").pop();
  const isList = /^(page\/\d+|(category|tag|author|archive)\/.*|archive|search|saved|drafts|embed)?$/.test(inside);
  const story = !isList && told.story?.replaceAll("DATELINE-SLUG", slug);
  ask(story);
  ask(told.list);
  if (told.galley && (!inside || !isList)) {
    const copy = asked[story || told.list].then((answer) => answer?.clone());
    galley(copy, slug, told).catch(() => null);
    // When the answer begins to come the line is about to be free.
    due = Promise.race([copy, new Promise((resolve) => setTimeout(resolve, 2000))]);
  }
}
// The start script waits for this; what the press needs is then on its way with the press.
self.datelineShell = Promise.resolve(due).then(() => {
  file("PRESS_WASM");
  file(strings);
});

// What the widget writes to: the list of all it has read, in no page.
class Sheet {
  // Of an inert document: nothing of it is loaded.
  inert = document.implementation.createHTMLDocument("");
  made = [this.inert.createDocumentFragment()];
  get(name) { return { layout: "cards", date: "off", limit: "50" }[name]; }
  open(name) {
    const made = this.inert.createElement(name);
    this.made.at(-1).append(made);
    this.made.push(made);
  }
  attribute(name, value) { this.made.at(-1).setAttribute(name, value); }
  text(text) { this.made.at(-1).append(text); }
  close() { this.made.pop(); }
  resolve(base, reference) {
    try { return new URL(reference, base).href; } catch { return undefined; }
  }
}

// Sets the words of an answer when it is there. `slug` is the last part of a story's path, empty for
// the front page; `link` is the address of a story, with `{slug}` or `{path}` for what its source's
// address tells; `pins` the stories that the site's front page leads with; `story` is set where the
// source was asked for one story, not for a list in which its address tells it.
async function galley(answer, slug, { link, pins, story: one }) {
  const wasm = file("WIDGET_WASM");
  const [{ status, url, bytes }, { Reading }] = await Promise.all([
    answer.then(async (it) => ({ status: it.status, url: it.url, bytes: new Uint8Array(await it.arrayBuffer()) })),
    import("WIDGET_JS").then(async (it) => {
      await it.default({ module_or_path: (await wasm) || "WIDGET_WASM" });
      return it;
    }),
  ]);
  const sheet = new Sheet();
  const reading = new Reading(url, "", "");
  if (!reading.answer(sheet, status, url, bytes)) reading.show(sheet);
  reading.free();
  const stories = [...sheet.made[0].querySelectorAll("li")].map((item) => {
    const [headline] = item.querySelectorAll("[part=link]");
    const path = new URL(headline.href).pathname.split("/").filter(Boolean);
    const own = path.at(-1) ?? "";
    const told = link?.includes("{path}") ? path : [own];
    return {
      headline: headline.textContent,
      own,
      href: link && told.every((part) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(part)) && link.replace(/\{\w+\}/, told.join("/")),
      excerpt: item.querySelector("[part=summary]")?.textContent,
      section: item.querySelector(".section")?.textContent,
      picture: item.querySelector("img"),
      featured: item.matches("[part~=featured]"),
      language: item.lang,
      direction: item.dir,
    };
  });
  // The press may have been faster: a copy of it was on the device.
  const main = document.querySelector("#main[aria-busy]");
  const page = main?.querySelector(slug ? "#galley-story" : "#galley-front")?.content.firstElementChild.cloneNode(true);
  if (!page || !(slug ? story(page, one ? stories : stories.filter(({ own }) => own === slug)) : front(page, stories, pins))) return;
  main.append(page);
  follow(main);
}

// Nothing where it is not clear which.
function story(page, found) {
  if (found.length !== 1) return null;
  set(page, found[0]);
  // The host gave the front's shell.
  const masthead = document.querySelector(".masthead-front");
  if (masthead) {
    masthead.classList.remove("masthead-front");
    masthead.querySelector(".masthead-date")?.remove();
    const title = masthead.querySelector("h1");
    const plain = document.createElement("p");
    plain.className = title.className;
    plain.append(...title.childNodes);
    title.replaceWith(plain);
  }
  return page;
}

// As the press composes it: what is pinned or featured leads, else the newest story with a picture;
// of the three beside it the first with a picture stands first.
function front(page, stories, pins) {
  const pinned = pins.map((pin) => stories.find(({ own }) => own === pin)).filter(Boolean);
  const leading = [...pinned, ...stories.filter(({ featured }) => featured)];
  const lead = leading[0] ?? stories.slice(0, 8).find(({ picture }) => picture) ?? stories[0];
  if (!lead) return null;
  const cards = page.querySelectorAll(".card");
  const seconds = [...new Set([lead, ...leading, ...stories])].slice(1, cards.length);
  const first = seconds.find(({ picture }) => picture) ?? seconds[0];
  const shown = [...new Set([lead, first, ...seconds])].filter(Boolean);
  for (const [at, card] of cards.entries()) if (at < shown.length) set(card, shown[at]); else card.remove();
  if (!first) page.querySelector(".seconds").remove();
  const kind = lead.picture ? first ? "" : " top-alone" : " top-text";
  page.querySelector(".top").className = "top" + kind;
  return page;
}

function set(place, { headline, href, excerpt, section, picture, language, direction }) {
  const put = (selector, text, own = true) => {
    const element = place.querySelector(selector);
    if (!text) return element?.remove();
    if (!element) return;
    element.textContent = text;
    if (own && language) Object.assign(element, { lang: language, dir: direction });
  };
  const heading = place.querySelector(".headline, .card-headline");
  heading.classList.toggle("long", [...headline].length > 90);
  put(".headline, .card-link", headline);
  const link = place.querySelector(".card-link");
  if (href) link?.setAttribute("href", href);
  else link?.removeAttribute("href");
  put(".card-excerpt", excerpt);
  if (section) put(".kicker a, .card-text > .kicker", section, false);
  else place.querySelector(".kicker").remove();
  // The picture is the press's; it has its room.
  if (!picture && place.matches(".card")) {
    place.querySelector(".card-picture").remove();
    place.classList.add("no-picture");
  }
}

// A story that is pressed now is opened by the press as soon as it is there: to load its address
// would be to load the press anew. Where the press cannot come, that is still the way.
function follow(main) {
  let pressed;
  main.addEventListener("click", (event) => {
    const card = event.target.closest(".card");
    if (!card || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (pressed) pressed.style.opacity = "";
    pressed = card.querySelector(".card-link");
    pressed.style.opacity = 0.6;
    const { href } = pressed;
    self.datelinePress().catch(() => href && location.assign(href));
  });
  const open = () => {
    const links = [...document.querySelectorAll("#main a.card-link")];
    if (pressed) links.find((link) => link.textContent === pressed.textContent)?.click();
  };
  // The press says that its page stands before it listens to links.
  document.addEventListener("dateline-page", () => setTimeout(open), { once: true });
}

