// Runs inline before the first paint, so that a reader's own choice of theme, size and face is
// there from the start: what the settings stored becomes data attributes of the root. A device that saves
// data has its pictures wait for a tap; where nobody asked to save data, what the app will need is on
// its way from here, at low priority. A page that is opened at its beginning is laid out as far as the
// screen needs it (base.css), on a phone without the strips in the very first frame (front.css); `boot.js`
// asks for the rest. The headlines' face counts only if it comes within the first tenth of a second: where
// it cannot, it is not asked for until the page is there, for the pages that come (offline.js).
{
  const root = document.documentElement;
  const { ahead } = document.currentScript.dataset;
  const opened = performance.getEntriesByType("navigation")[0]?.type === "navigate";
  if (opened && !location.hash) {
    root.dataset.turning = "opened";
    requestAnimationFrame(() => setTimeout(() => root.dataset.turning && (root.dataset.turning = "")));
  }
  // A host that lets browsers keep its assets for a year may have said so of one that it lacked for a moment
  // during a deployment: what does not come is asked for once more, past what is remembered. (Browsers
  // remember a failed import, too, by its address: the fragment makes another of it, whatwg/html#6768.)
  const anew = async (address) => {
    const answer = await fetch(address, { cache: "reload", mode: "same-origin" });
    await answer.arrayBuffer();
    return answer.ok;
  };
  addEventListener("error", async ({ target }) => {
    if (!/^(link|script)$/.test(target.localName)) return;
    const { href, src = href, type } = target;
    try {
      if (!(await anew(src)) || type !== "module") return;
      // Where the start script was lacking, so was what it needs.
      await Promise.all((ahead.match(/\S+/g) ?? []).map(anew));
      await import(`${src}#again`);
    } catch {}
  }, true);
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
  if ((line?.saveData || line?.rtt > 100) && !navigator.serviceWorker?.controller) root.dataset.plain = "";
  if (line && (line.saveData || /2g$/.test(line.effectiveType))) root.dataset.saving = "";
  // After the first frame: until then the line is the page's. (Not by preloads: WebKit gives none of them to
  // `fetch`, and loads all of it twice.)
  else if (ahead && self.WebAssembly) {
    requestAnimationFrame(() => setTimeout(() => {
      self.datelineEarly ??= {};
      for (const href of ahead.split(" ")) {
        // A bundle may take as long as it needs.
        const signal = /\.wasm$/.test(href) ? undefined : AbortSignal.timeout?.(8000);
        datelineEarly[href] ??= fetch(href, { priority: "low", signal }).then((it) => (it.ok ? it : it.text().then(() => null)), () => null);
      }
    }));
  }
}
