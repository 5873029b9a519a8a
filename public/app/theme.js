// Runs inline before the first paint, so that a reader's own choice of theme, size and face is
// there from the start: what the settings stored becomes data attributes of the root. The picture of
// the first view is asked for from here, unless pictures wait for a tap; and where nobody asked to
// save data, what the app will need is on its way too, at low priority.
{
  const root = document.documentElement;
  const { ahead, ...picture } = document.currentScript.dataset;
  const preload = (link) => document.head.append(Object.assign(document.createElement("link"), { rel: "preload" }, link));
  try {
    const chosen = JSON.parse(localStorage.getItem("dateline:1:prefs") || "{}");
    for (const [name, value] of Object.entries(chosen)) {
      if (/^[a-z]{1,12}$/.test(name) && name !== "app" && /^[a-z0-9-]{1,24}$/.test(value)) {
        root.dataset[name] = value;
      }
    }
  } catch {}
  const line = navigator.connection;
  if (line?.saveData) root.dataset.pictures ??= "tap";
  if (picture.type !== undefined && root.dataset.pictures !== "tap") {
    preload({ as: "image", fetchPriority: "high", ...picture });
    // A lazy picture waits for the layout; this one need not.
    const first = (_, watch) => {
      const image = document.querySelector("img[fetchpriority=high]");
      if (!image) return;
      image.loading = "eager";
      watch.disconnect();
    };
    new MutationObserver(first).observe(root, { childList: true, subtree: true });
  }
  if (line && (line.saveData || /2g$/.test(line.effectiveType))) root.dataset.saving = "";
  else if (ahead) {
    for (const href of ahead.split(" ")) preload({ as: "fetch", crossOrigin: "", fetchPriority: "low", href });
  }
}
