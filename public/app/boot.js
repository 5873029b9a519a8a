// Starts a bundle after the first paint: a prerendered page is complete without it.
// Under enforced Trusted Types our own static markup passes this narrow default policy; what comes
// from outside goes through the app's named policy only.
const active = /<\s*(script|iframe|object|embed|base|meta|link|svg|math)|\son\w+\s*=|javascript:/i;
if (self.trustedTypes && !self.trustedTypes.defaultPolicy) {
  try {
    self.trustedTypes.createPolicy("default", {
      createHTML: (text) => (active.test(text) ? null : text),
      createScriptURL: (url) => (new URL(url, location).origin === location.origin ? url : null),
    });
  } catch {}
}
// A card whose picture cannot be had keeps its room, without the browser's sign for a broken one.
const blank = (image) => image.closest(".card-picture") && (image.style.visibility = "hidden");
addEventListener("error", ({ target }) => target.localName === "img" && blank(target), true);
// (Drawings may have no size of their own.)
for (const image of document.images) if (image.complete && !image.naturalWidth && !/\.svg\b/.test(image.currentSrc)) blank(image);
// All that was to be seen at once is there by then (theme.js): the rest is laid out, a part a frame, from
// the first idle moment on: a tap and the app come first. (At the end of the event itself the browser
// lays out the page once more.)
const lay = async () => {
  const root = document.documentElement;
  if (!("turning" in root.dataset)) return;
  const frame = () => new Promise(requestAnimationFrame);
  const idle = (done) => (self.requestIdleCallback ?? requestAnimationFrame)(done, { timeout: 2000 });
  await new Promise(idle);
  const parts = document.querySelectorAll(".strip, .related, .reply, .footer");
  for (const { style } of parts) {
    await frame();
    style.contentVisibility = "visible";
  }
  await frame();
  delete root.dataset.turning;
  for (const { style } of parts) style.contentVisibility = "";
};
if (document.readyState === "complete") lay();
else addEventListener("load", lay);
const bring = async (js, wasm) => {
  // What is on its way already serves once.
  const { [wasm]: early } = self.datelineEarly ?? {};
  if (early) delete datelineEarly[wasm];
  const bundle = await import(js);
  await bundle.default({ module_or_path: (await early) || wasm });
  return bundle;
};
// Files as the host has them, past what the browser remembers; only what was read to its end is remembered.
const anew = (urls) => Promise.all(urls.map(async (url) => {
  const answer = await fetch(url, { cache: "reload", mode: "same-origin" });
  await answer.arrayBuffer();
  return answer;
}));
let tries = 0;
// What a host lacked for a moment may be remembered as missing for a year (`theme.js`): what fails is asked
// for once more. What trapped as it started would trap again, and a browser without WebAssembly (Safari's
// Lockdown Mode) can do nothing with it.
const load = (js, wasm) =>
  bring(js, wasm).catch(async (error) => {
    if (error.name === "RuntimeError" || !self.WebAssembly) throw error;
    const answers = await anew([js, wasm]);
    if (answers.every(({ ok }) => ok)) return bring(`${js}#${(tries += 1)}`, wasm);
    throw Object.assign(error, { gone: answers.some(({ status }) => status === 404 || status === 410) });
  });
// A line over the foot of the page, said once, with a link that loads the page anew.
const say = (text) => {
  if (document.getElementById("trouble")) return;
  const make = (name, properties) => Object.assign(document.createElement(name), properties);
  const href = document.getElementById("app")?.dataset.style;
  if (href && !document.querySelector(`link[href="${href}"]`)) document.head.append(make("link", { rel: "stylesheet", href }));
  const line = make("p", { id: "trouble", className: "fresh" });
  line.setAttribute("role", "alert");
  line.append(make("span", { textContent: text }), make("a", { href: "", rel: "external", textContent: TEXT_RELOAD }));
  document.body.append(line);
};
// A bundle that trapped may hold anything in its memory: from then on links and Back are the browser's.
let ended = false;
const trapped = ({ error, reason }) => {
  // An exception that passed through a bundle left it in the middle of something, too.
  if (ended || !((error ?? reason)?.name === "RuntimeError" || /wasm-function/.test(error?.stack))) return;
  ended = true;
  addEventListener("click", (event) => event.target.closest?.("a[href]") && event.stopImmediatePropagation(), true);
  addEventListener("popstate", (event) => event.state && location.reload(), true);
  say(TEXT_ENDED);
};
addEventListener("error", trapped);
addEventListener("unhandledrejection", trapped);
// A comment that is typed where no desk has come yet, or can come, is kept for this tab: "Reload" would throw
// it away. In a form that is alive no button is disabled, and the desk keeps drafts.
const field = () => document.getElementById("reply-comment");
const alone = (area) => area.form.querySelector(":disabled");
const typed = () => `dateline:1:typed:${location.pathname}`;
const ask = (event) => field()?.value && alone(field()) && event.preventDefault();
const note = () => {
  const area = field();
  if (!area) return;
  try {
    if (area.value && alone(area)) sessionStorage.setItem(typed(), area.value);
    else sessionStorage.removeItem(typed());
  } catch {
    // Where nothing can be kept, leaving asks.
    addEventListener("beforeunload", ask);
  }
};
const restore = () => {
  const area = field();
  try {
    if (area && alone(area)) area.value ||= sessionStorage.getItem(typed()) ?? "";
  } catch {}
};
addEventListener("input", note);
new MutationObserver(note).observe(document.body, { subtree: true, attributeFilter: ["disabled"] });
document.addEventListener("dateline-page", restore);
restore();
// Loads a bundle once; what could not be loaded is asked for again by whoever needs it next. A host
// that has it no more has a newer release.
const once = (js, wasm) => {
  let bundle;
  return () =>
    (bundle ??= load(js, wasm).catch((error) => {
      bundle = null;
      if (error.gone) say(TEXT_OUTDATED);
      throw error;
    }));
};
// The desk brings comment forms to life, the press makes pages and cleans comments: who needs them asks.
self.datelineDesk = once("DESK_JS", "DESK_WASM");
self.datelinePress = once("PRESS_JS", "PRESS_WASM");
// A reading history is kept only for readers who switched it on; only they load what keeps it.
document.addEventListener("dateline-page", () => {
  if ("history" in document.documentElement.dataset) self.datelineDesk().then((desk) => desk.history()).catch(() => null);
});
// A page with a data island was prerendered: the app brings it to life. A shell needs the press, when
// it has what it shows before (`shell.js`).
const start = () =>
  (document.getElementById("page") ? load("APP_JS", "APP_WASM") : Promise.resolve(self.datelineShell).then(self.datelinePress)).then(
    () => true,
    (error) => {
      console.error("Dateline: the app could not start; a prerendered page works without it.", error);
      if (document.getElementById("page")) return;
      // What the galley has set is all there will be. (A newer release is told before.)
      document.getElementById("main")?.removeAttribute("aria-busy");
      setTimeout(() => say(TEXT_ENDED), 1000);
    },
  );
// What was seen is kept for readers without a network; this comes last, and works where the app fails.
const keep = (alive) => import("OFFLINE_JS").then((offline) => offline.start(alive), () => anew(["OFFLINE_JS"]).catch(() => null));
// With the first word of a date a browser opens its languages, all in one go. While the bundle is on its
// way they are opened in pieces, between which a finger is answered (decision 0086).
const { lang } = document.documentElement;
const languages = [() => new Intl.Locale(lang).maximize(), () => new Intl.Collator(lang), () => new Intl.DateTimeFormat(lang)];
const open = () =>
  self.requestIdleCallback?.(() => {
    try {
      languages.shift()();
      if (languages.length) open();
    } catch {}
  });
const begin = () =>
  requestAnimationFrame(() =>
    setTimeout(() => {
      start().then(keep);
      open();
    }),
  );
// A reader who saves data gets the app with the first key, press or focus; a shell is nothing without it.
if ("saving" in document.documentElement.dataset && document.getElementById("page")) {
  const kinds = ["pointerdown", "keydown", "focusin"];
  const first = () => {
    for (const kind of kinds) removeEventListener(kind, first, true);
    begin();
  };
  for (const kind of kinds) addEventListener(kind, first, true);
} else begin();
