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
const load = (js, wasm) =>
  import(js).then((bundle) => bundle.default({ module_or_path: wasm }).then(() => bundle));
let press;
// The press makes pages in the browser and cleans comments. The app asks for it when it needs it.
self.datelinePress = () => (press ??= load("PRESS_JS", "PRESS_WASM"));
// A page with a data island was prerendered: the app brings it to life. A shell needs the press.
const start = () =>
  (document.getElementById("page") ? load("APP_JS", "APP_WASM") : self.datelinePress()).catch((error) => {
    console.error("Dateline: the app could not start; the page works without it.", error);
    dispatchEvent(new Event("dateline-broken"));
  });
// What was seen is kept for readers without a network; this comes last, and works where the app fails.
const keep = () => import("OFFLINE_JS").then((offline) => offline.start());
requestAnimationFrame(() => setTimeout(() => start().then(keep)));
