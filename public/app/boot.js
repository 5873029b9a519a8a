// Starts the app after the first paint: the page is complete without it.
// Under enforced Trusted Types the app's own static markup passes this narrow default policy; what
// comes from outside goes through the app's named policy only.
const active = /<\s*(script|iframe|object|embed|base|meta|link|svg|math)|\son\w+\s*=|javascript:/i;
if (self.trustedTypes && !self.trustedTypes.defaultPolicy) {
  try {
    self.trustedTypes.createPolicy("default", {
      createHTML: (text) => (active.test(text) ? null : text),
      createScriptURL: (url) => (new URL(url, location).origin === location.origin ? url : null),
    });
  } catch {}
}
const start = () =>
  import("APP_JS").then((app) => app.default({ module_or_path: "APP_WASM" })).catch((error) => {
    console.error("Dateline: the app could not start; the page works without it.", error);
  });
requestAnimationFrame(() => setTimeout(start));
