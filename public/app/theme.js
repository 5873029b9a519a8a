// Runs inline before the first paint, so that a reader's own choice of theme, size and face is
// there from the start: what the settings stored becomes data attributes of the root.
try {
  const chosen = JSON.parse(localStorage.getItem("dateline:1:prefs") || "{}");
  for (const [name, value] of Object.entries(chosen)) {
    if (/^[a-z]{1,12}$/.test(name) && name !== "app" && /^[a-z0-9-]{1,24}$/.test(value)) {
      document.documentElement.dataset[name] = value;
    }
  }
} catch {}
