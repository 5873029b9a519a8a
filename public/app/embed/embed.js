// <dateline-widget>: live headlines on anyone's page. Written by hand; the build fills in the names
// of the bundle. This file defines the element at once and holds its life: attributes, nearness,
// requests, nodes, words of a language, events, death. The bundle (wasm) reads feeds and writes the
// list through the `Page` it is lent. docs/widget.md is the contract.

const BUNDLE_JS = new URL('WIDGET_JS', import.meta.url).href;
const BUNDLE_WASM = new URL('WIDGET_WASM', import.meta.url).href;
const MOST_BYTES = 4 << 20;
const TIMEOUT = 10000;
const ATTRIBUTES = ['src', 'kind', 'category', 'limit', 'layout', 'images', 'summary', 'date', 'theme', 'lang', 'heading', 'heading-level', 'target', 'refresh', 'loading'];
// These decide what is read; the others only how it is shown.
const READING = ['src', 'kind', 'category'];

// The column, which the width queries ask, stands inside, where no rule of the page reaches it. It has
// no width of its own: where a parent goes by its content (a flex row, a float, a cell of a table), the
// empty measure answers.
const CSS = `
:host { display: block !important; }
:host([hidden]) { display: none !important; }
.measure, .column { font-size: var(--dateline-font-size, medium); }
.measure { display: grid; grid-template-columns: minmax(8em, 20em); overflow: clip; }
.column { container-type: inline-size; }
.root { all: initial; display: block; box-sizing: border-box; color: inherit; color-scheme: inherit;
  font: 400 var(--dateline-font-size, medium)/1.4 var(--dateline-font, system-ui, sans-serif);
  --_muted: var(--dateline-muted, color-mix(in srgb, currentColor 78%, transparent));
  --_border: var(--dateline-border, color-mix(in srgb, currentColor 22%, transparent));
  --_accent: var(--dateline-accent, currentColor);
  --_gap: var(--dateline-gap, .75em); --_lines: 3; --_row: 5.8em; --_cols: 1; --_rows: var(--_n1, 5); --_head: 0em;
  background: var(--dateline-background, transparent); min-height: calc(var(--_head) + var(--_rows) * var(--_row)); }
:host(:not([theme])) .root, :host([theme=inherit]) .root { font-family: var(--dateline-font, inherit); color: var(--dateline-text, inherit); }
:host([theme=auto]) .root { color-scheme: light dark; }
:host([theme=light]) .root { color-scheme: light; }
:host([theme=dark]) .root { color-scheme: dark; }
:host([theme=auto]) .root, :host([theme=light]) .root, :host([theme=dark]) .root {
  background: var(--dateline-background, light-dark(#fffdf9, #10202b)); color: var(--dateline-text, light-dark(#1a1a1a, #eceae4));
  --_muted: var(--dateline-muted, light-dark(#55595c, #b3bac0)); --_border: var(--dateline-border, light-dark(#d9d5cc, #34495a));
  --_accent: var(--dateline-accent, light-dark(#0b4a6f, #8cc4e6)); padding-inline: var(--_gap); }
:host([heading]:not([heading=""])) .root { --_head: 2.6em; }
:host([layout=headlines]) .root { --_row: 4.6em; }
:host([layout=cards]) .root { --_row: calc(66.7cqi + 11.6em); }
:host([summary]:not([summary=off],[summary=false],[summary=no],[layout=cards])) .root { --_row: 8.8em; }
:host([layout=cards]:is([images=off],[images=false],[images=no])) .root { --_row: 11.6em; }
@container (min-width: 28em) {
  .root { --_lines: 2; --_row: 4.6em; }
  :host([layout=headlines]) .root { --_row: 3.2em; }
  :host([layout=cards]) .root { --_cols: 2; --_rows: var(--_n2, 3); --_row: calc(33.4cqi + 11.6em); }
  :host([summary]:not([summary=off],[summary=false],[summary=no],[layout=cards])) .root { --_row: 7.5em; } }
@container (min-width: 46em) { :host([layout=cards]) .root { --_cols: 3; --_rows: var(--_n3, 2); --_row: calc(22.3cqi + 11.6em); } }
@container (min-width: 64em) { :host([layout=cards]) .root { --_cols: 4; --_rows: var(--_n4, 2); --_row: calc(16.7cqi + 11.6em); } }
[hidden] { display: none !important; }
h1, h2, h3, h4, h5, h6 { font: 700 1.15em/1.3 inherit; font-family: inherit; font-size: 1.15em; margin: 0; padding-block: .3em .5em; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
ol { list-style: none; margin: 0; padding: 0; display: grid; grid-template-columns: repeat(var(--_cols), minmax(0, 1fr)); column-gap: var(--_gap); }
li { position: relative; box-sizing: border-box; min-height: var(--_row); max-height: var(--_row); overflow: hidden; display: flex; gap: var(--_gap); padding-block: .5em; border-block-start: 1px solid var(--_border); }
.cards li { display: block; }
.picture { flex: none; inline-size: 6em; block-size: 4em; background: color-mix(in srgb, currentColor 8%, transparent); overflow: hidden; order: 1; }
.cards .picture { display: block; inline-size: 100%; block-size: auto; aspect-ratio: 3 / 2; margin-block-end: .4em; }
.picture:empty { visibility: hidden; }
img { inline-size: 100%; block-size: 100%; object-fit: cover; display: block; }
.text { flex: 1; min-inline-size: 0; }
a { font-weight: 600; color: inherit; text-decoration: none; line-height: 1.3; overflow-wrap: anywhere; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: var(--_lines); line-clamp: var(--_lines); overflow: hidden; cursor: pointer; }
a::after { content: ""; position: absolute; inset: 0; }
a:hover { color: var(--_accent); text-decoration: underline; }
li:focus-within { outline: 2px solid var(--_accent); outline-offset: -2px; }
a:focus { outline: none; }
p { margin: .2em 0 0; }
[part=summary] { font-size: .9em; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; line-clamp: 2; overflow: hidden; }
.cards [part=summary] { -webkit-line-clamp: 3; line-clamp: 3; }
[part=meta] { font-size: .8em; color: var(--_muted); white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.section::after { content: "\\a0\\b7"; }
.section:last-child::after { content: none; }
[part=status]:empty { display: none; }
@media (forced-colors: active) { li:focus-within { outline-color: Highlight; } a { color: LinkText; } }
@media print { .root, li { min-height: 0; max-height: none; } .picture { display: none; } }`;

// What the page shares: one bundle, one style sheet, one observer of each sort, one request a feed.
let sheet;
let bundle;
const requests = new Map();
const readings = new Map();
const near = globalThis.IntersectionObserver && new IntersectionObserver((entries) => {
  for (const entry of entries) if (entry.isIntersecting) entry.target._near();
}, { rootMargin: '600px' });
const sized = globalThis.ResizeObserver && new ResizeObserver((entries) => {
  for (const entry of entries) entry.target._resized(entry.contentRect);
});

function load() {
  bundle ??= import(BUNDLE_JS).then(async (module) => {
    await module.default({ module_or_path: BUNDLE_WASM });
    return module;
  });
  bundle.catch(() => { bundle = undefined; });
  return bundle;
}

// What went wrong, by the code that `dateline-error` tells.
class Failure extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

// Every way in which an answer does not come is one of three, with a code of its own.
const receive = (url, signal) => answered(url, signal).catch((error) => {
  // (WebKit says of any end that it was an abort.)
  if ((signal.reason ?? error)?.name === 'TimeoutError') throw new Failure('timeout', `no answer within ${TIMEOUT / 1000} seconds`);
  if (error?.name === 'AbortError') throw new Failure('aborted', 'nobody waits for it any more');
  throw new Failure('unreachable', `${url}: no network, or the server allows no other site to read it (CORS)`);
});

async function answered(url, signal) {
  const response = await fetch(url, { credentials: 'omit', signal, headers: { accept: 'application/feed+json, application/json, application/xml;q=0.9, */*;q=0.5' } });
  const pieces = [];
  let length = 0;
  const reader = response.body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value);
    length += value.length;
    if (length > MOST_BYTES) {
      reader.cancel().catch(() => {});
      break;
    }
  }
  const body = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    body.set(piece, at);
    at += piece.length;
  }
  return { status: response.status, url: response.url || url, body, cut: length > MOST_BYTES };
}

// One request for one address, however many readings want it; the last one to leave aborts it.
function request(url, reading) {
  let entry = requests.get(url);
  if (!entry) {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(new DOMException('no answer', 'TimeoutError')), TIMEOUT);
    entry = { controller, users: new Set(), answer: receive(url, controller.signal).finally(() => clearTimeout(timer)) };
    entry.answer.catch(() => { if (requests.get(url) === entry) requests.delete(url); });
    requests.set(url, entry);
  }
  entry.users.add(reading);
  return entry.answer;
}

function subscribe(wish, fresh) {
  const key = JSON.stringify(wish);
  let reading = readings.get(key);
  if (reading && fresh > reading.at) {
    // Older than it may be: elements that show it keep it, new questions ask anew.
    forget(reading);
    reading = undefined;
  }
  if (!reading) {
    reading = { key, at: Date.now(), users: 0 };
    const [src, kind, category] = wish;
    const site = /^(wordpress|ghost)$/.test(kind) && !src.includes('/posts');
    // Under way before the bundle is, which will ask for the same address again.
    if (!site) request(src, reading).catch(() => {});
    reading.feed = load().then((module) => read(module, reading, wish));
    reading.feed.catch(() => forget(reading));
    readings.set(key, reading);
  }
  reading.users += 1;
  return reading;
}

// Question and answer until the bundle has a feed, or names what is wrong.
async function read({ Reading }, reading, wish) {
  const feed = new Reading(...wish);
  try {
    for (let url; (url = feed.ask()) !== undefined;) {
      const answer = await request(url, reading);
      const code = feed.answer(new Page(), answer.status, answer.url, answer.body);
      if (code && answer.cut) throw new Failure('too-large', `${url}: more than ${MOST_BYTES >> 20} MB`);
      if (code) throw new Failure(code, feed.message());
    }
    return feed;
  } catch (error) {
    feed.free();
    throw error;
  }
}

const formats = new Map();
function words(language, epoch, offset, relative) {
  const ago = Date.now() / 1000 - epoch;
  if (relative && ago >= 0 && ago < 604800) {
    const [size, unit] = ago < 3600 ? [60, 'minute'] : ago < 86400 ? [3600, 'hour'] : [86400, 'day'];
    return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(-Math.floor(ago / size), unit);
  }
  // In the publisher's own offset: the moment is moved by it and written as UTC.
  const moment = new Date((epoch + offset * 60) * 1000);
  const short = !relative && moment.getUTCFullYear() === new Date().getUTCFullYear();
  const key = `${language} ${short}`;
  if (!formats.has(key)) {
    formats.set(key, new Intl.DateTimeFormat(language, { timeZone: 'UTC', ...(short ? { day: 'numeric', month: 'short' } : { dateStyle: 'long' }) }));
  }
  return formats.get(key).format(moment);
}

// What the bundle is lent. Nodes are made one by one and texts stay texts, so that a feed can say
// nothing that becomes markup, and no Trusted Types policy is needed.
class Page {
  constructor(element) {
    this.element = element;
    this.open_ = [document.createDocumentFragment()];
  }
  get(name) { return this.element.getAttribute(name) ?? undefined; }
  open(name) {
    const made = document.createElement(name);
    this.open_.at(-1).append(made);
    this.open_.push(made);
  }
  attribute(name, value) { this.open_.at(-1).setAttribute(name, value); }
  text(text) { this.open_.at(-1).append(text); }
  close() { this.open_.pop(); }
  resolve(base, reference) {
    try { return new URL(reference, base).href; } catch { return undefined; }
  }
  date(language, ...rest) {
    // A language nobody knows is the reader's own.
    try { return words(language || undefined, ...rest); } catch { return words(undefined, ...rest); }
  }
}

function forget(reading) {
  if (readings.get(reading.key) === reading) readings.delete(reading.key);
  for (const [url, entry] of requests) {
    if (entry.users.delete(reading) && entry.users.size === 0) {
      requests.delete(url);
      entry.controller.abort();
    }
  }
}

function release(reading) {
  reading.users -= 1;
  if (reading.users > 0) return;
  forget(reading);
  // A bundle that failed may not even free any more.
  reading.feed.then((feed) => feed.free()).catch(() => {});
}

class DatelineWidget extends HTMLElement {
  static observedAttributes = ATTRIBUTES;
  #root; #content; #slot; #reading; #feed; #shown = ''; #queued = false; #alive = false; #close = false; #changed = false; #timer; #due = 0; #height = -1; #width = -1;

  connectedCallback() {
    if (this.#alive) return;
    this.#alive = true;
    this.#build();
    sized?.observe(this);
    document.addEventListener('visibilitychange', this.#visible);
    if (this.getAttribute('loading') === 'eager' || !near) this.#close = true;
    else near.observe(this);
    this.#queue();
  }

  // A move is a removal and an insertion at once: only what stays away is freed.
  disconnectedCallback() {
    queueMicrotask(() => { if (!this.isConnected) this.#free(); });
  }

  connectedMoveCallback() {}

  attributeChangedCallback(name, before, after) {
    if (before === after || !this.#alive) return;
    // What is set while the fallback still stands changes no list.
    this.#changed = this.#ready;
    if (name === 'loading' && after === 'eager') this.#close = true;
    this.#queue();
  }

  /** Reads the feed again now. */
  reload() {
    if (this.#alive && this.#close) this.#read(Date.now());
  }

  _near() {
    near.unobserve(this);
    this.#close = true;
    this.#queue();
  }

  _resized({ width, height }) {
    if (this.#width !== -1 && Math.abs(width - this.#width) > 1) this.#root.style.minHeight = '';
    this.#width = width;
    if (this.#height !== height) {
      this.#height = height;
      this.#tell('dateline-resize', { height });
    }
  }

  #build() {
    if (!this.#root) {
      const make = (name, part, className) => {
        const element = document.createElement(name);
        if (part) element.setAttribute('part', part);
        if (className) element.className = className;
        return element;
      };
      const shadow = this.attachShadow({ mode: 'open' });
      if (!sheet) {
        sheet = new CSSStyleSheet();
        sheet.replaceSync(CSS);
      }
      shadow.adoptedStyleSheets = [sheet];
      this.#root = make('section', 'root', 'root');
      this.#content = make('div');
      this.#slot = make('slot');
      const status = make('p', 'status');
      this.#root.append(this.#content, this.#slot, status);
      const column = make('div', '', 'column');
      column.append(this.#root);
      shadow.append(make('div', '', 'measure'), column);
      // A picture that cannot be had leaves its box empty.
      shadow.addEventListener('error', (event) => { if (event.target.localName === 'img') event.target.remove(); }, true);
      shadow.addEventListener('click', (event) => {
        const link = event.target.closest?.('a[href]');
        if (link && this.#content.contains(link) && !this.#tell('dateline-select', { url: link.href }, true)) event.preventDefault();
      });
    }
    this.#content.hidden = true;
    this.#slot.hidden = false;
    this.#name();
  }

  #name() {
    const host = (() => { try { return new URL(this.getAttribute('src') ?? '', document.baseURI).host; } catch { return ''; } })();
    this.#root.setAttribute('aria-label', this.getAttribute('heading') || this.#feed?.title() || host || 'News');
    const limit = Math.min(50, Math.max(1, parseInt(this.getAttribute('limit'), 10) || 5));
    for (const columns of [1, 2, 3, 4]) this.#root.style.setProperty(`--_n${columns}`, Math.ceil(limit / columns));
  }

  #queue() {
    if (this.#queued) return;
    this.#queued = true;
    queueMicrotask(() => {
      this.#queued = false;
      if (this.#alive) this.#update();
    });
  }

  #update() {
    this.#name();
    if (!this.#close) return;
    const wish = JSON.stringify(READING.map((name) => this.getAttribute(name) ?? ''));
    if (wish !== this.#shown) {
      this.#shown = wish;
      this.#read(0);
    } else if (this.#feed) {
      try {
        this.#show(this.#feed);
      } catch (error) {
        this.#fail(error);
      }
    }
    this.#schedule();
  }

  async #read(fresh) {
    let src;
    try {
      src = new URL(this.getAttribute('src') ?? '', document.baseURI);
      if (!this.hasAttribute('src') || !/^https?:$/.test(src.protocol)) throw 0;
      src.hash = '';
    } catch {
      this.#drop();
      this.#fall();
      this.#fail(new Failure('no-source', 'the attribute src names no web address'));
      return;
    }
    const wish = [src.href, (this.getAttribute('kind') ?? '').trim(), (this.getAttribute('category') ?? '').trim()];
    const asked = this.#shown;
    const reading = subscribe(wish, fresh);
    const before = this.#reading;
    if (!fresh && before) this.#drop();
    if (fresh && before === reading) return release(reading);
    const pending = this.#pending;
    this.#pending = reading;
    if (pending && pending !== this.#reading) release(pending);
    if (!this.#feed) this.#root.setAttribute('aria-busy', 'true');
    try {
      const feed = await reading.feed;
      const module = await load();
      if (this.#pending !== reading || this.#shown !== asked || !this.#alive) return;
      this.#module = module;
      const count = this.#show(feed);
      this.#pending = undefined;
      const old = this.#reading;
      this.#reading = reading;
      this.#feed = feed;
      if (old) release(old);
      this.#name();
      this.#tell('dateline-load', { count });
      if (!this.#ready) {
        this.#ready = true;
        this.#tell('dateline-ready', {});
      }
    } catch (error) {
      if (this.#pending !== reading) return;
      this.#pending = undefined;
      release(reading);
      // A list that is there is better than none: only a first reading falls back.
      if (!this.#feed) this.#fall();
      this.#fail(error);
    }
    if (this.#alive) this.#root.removeAttribute('aria-busy');
  }
  #pending; #module; #ready = false;

  // By itself it only grows, so that nothing below moves up; what its owner changes may make it shorter.
  #show(feed) {
    if (this.#changed) this.#root.style.minHeight = '';
    const before = this.#changed ? 0 : this.#root.offsetHeight;
    this.#changed = false;
    const language = this.getAttribute('lang') || feed.language();
    if (language) {
      this.#root.lang = language;
      this.#root.dir = this.#module.direction(language);
    } else {
      this.#root.removeAttribute('lang');
      this.#root.removeAttribute('dir');
    }
    const page = new Page(this);
    const count = feed.show(page);
    this.#content.replaceChildren(page.open_[0]);
    // Nothing to show is what the fallback is for.
    this.#content.hidden = count === 0;
    this.#slot.hidden = count > 0;
    this.#root.removeAttribute('aria-busy');
    if (this.#root.offsetHeight < before) this.#root.style.minHeight = `${before}px`;
    return count;
  }

  #fall() {
    this.#content.hidden = true;
    this.#content.replaceChildren();
    this.#slot.hidden = false;
    this.#root.removeAttribute('aria-busy');
    this.#root.style.minHeight = '';
  }

  // What is no `Failure` was thrown by the bundle, or by the page's nodes while they were lent to it.
  #fail(error) {
    const code = error instanceof Failure ? error.code : 'bundle';
    if (code !== 'aborted' && this.#alive) this.#tell('dateline-error', { code, message: String(error?.message ?? error) });
  }

  #drop() {
    const held = new Set([this.#reading, this.#pending]);
    this.#reading = this.#pending = this.#feed = undefined;
    for (const reading of held) if (reading) release(reading);
  }

  #visible = () => this.#schedule();

  #schedule() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const seconds = parseFloat(this.getAttribute('refresh'));
    if (!(seconds > 0) || !this.#close) {
      this.#due = 0;
      return;
    }
    const pause = Math.max(1, seconds) * 1000;
    this.#due = this.#due ? Math.min(this.#due, Date.now() + pause) : Date.now() + pause;
    if (document.visibilityState === 'hidden') return;
    this.#timer = setTimeout(() => {
      this.#due = 0;
      this.#read(Date.now());
      this.#schedule();
    }, Math.max(0, this.#due - Date.now()));
  }

  #free() {
    if (!this.#alive) return;
    this.#alive = false;
    clearTimeout(this.#timer);
    near?.unobserve(this);
    sized?.unobserve(this);
    document.removeEventListener('visibilitychange', this.#visible);
    this.#drop();
    this.#fall();
    this.#shown = '';
    this.#due = 0;
    this.#close = false;
    this.#ready = false;
    this.#height = this.#width = -1;
  }

  #tell(name, detail, cancelable = false) {
    return this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, cancelable, detail }));
  }
}

// Properties mirror attributes; `lang` is every element's own already.
for (const name of ATTRIBUTES) {
  if (name === 'lang') continue;
  Object.defineProperty(DatelineWidget.prototype, name.replace(/-(.)/g, (_, letter) => letter.toUpperCase()), {
    get() { return this.getAttribute(name) ?? ''; },
    set(value) {
      if (value === null || value === undefined) this.removeAttribute(name);
      else this.setAttribute(name, value === true ? '' : value === false ? 'off' : String(value));
    },
    configurable: true,
    enumerable: true,
  });
}

// Twice on a page is once; a browser without what this needs keeps the fallback.
if (globalThis.customElements && globalThis.WebAssembly && 'adoptedStyleSheets' in Document.prototype && !customElements.get('dateline-widget')) {
  customElements.define('dateline-widget', DatelineWidget);
}
