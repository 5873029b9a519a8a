// Starts the app after the first paint: the page is complete without it.
const start = () =>
  import("APP_JS").then((app) => app.default({ module_or_path: "APP_WASM" })).catch((error) => {
    console.error("Dateline: the app could not start; the page works without it.", error);
  });
requestAnimationFrame(() => setTimeout(start));
