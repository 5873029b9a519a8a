// How fast bodies are cleaned in Chromium, beside DOMPurify, on the same bodies in the same page:
// markup in, nodes ready for the page out. One warm-up, then rounds in turn, so that whatever slows
// the machine slows all alike. Prints one line of JSON: bytes a second by who did it.
// Usage: node xtask/cleaning.mjs FOLDER_OF_THE_MODULE FEED.json CHROMIUM
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright-core';

const [folder, feed, executablePath] = process.argv.slice(2);
if (!executablePath) throw new Error('usage: node xtask/cleaning.mjs FOLDER_OF_THE_MODULE FEED.json CHROMIUM');
const ORIGIN = 'https://bench.example';
const FILES = {
  '/module.js': [join(folder, 'module.js'), 'text/javascript'],
  '/module_bg.wasm': [join(folder, 'module_bg.wasm'), 'application/wasm'],
  '/purify.js': [join(dirname(createRequire(import.meta.url).resolve('dompurify')), 'purify.es.mjs'), 'text/javascript'],
};
const { items } = JSON.parse(await readFile(feed, 'utf8'));
const bodies = items.flatMap(({ content_html: html }) => (html ? [html] : []));

const browser = await chromium.launch({ executablePath, args: ['--headless=new', '--no-sandbox', '--disable-gpu'] });
try {
  const page = await browser.newPage();
  await page.route('**/*', async (route) => {
    const { origin, pathname } = new URL(route.request().url());
    const [file, contentType] = (origin === ORIGIN && FILES[pathname]) || [];
    if (file) return route.fulfill({ contentType, body: await readFile(file) });
    return pathname === '/' ? route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>x</title>' }) : route.abort();
  });
  await page.goto(`${ORIGIN}/`);
  const rates = await page.evaluate(async (bodies) => {
    const module = await import('/module.js');
    const { default: purify } = await import('/purify.js');
    await module.default();
    const ways = {
      dateline: (html) => module.cleaned(html),
      dompurify: (html) => purify.sanitize(html, { RETURN_DOM_FRAGMENT: true }),
      dompurify_as_text: (html) => {
        const place = document.createElement('div');
        place.innerHTML = purify.sanitize(html);
        return place;
      },
    };
    const took = Object.fromEntries(Object.keys(ways).map((name) => [name, 0]));
    let rounds = -1;
    const start = performance.now();
    while (rounds < 1 || performance.now() - start < 6_000) {
      for (const [name, clean] of Object.entries(ways)) {
        const from = performance.now();
        for (const html of bodies) if (!clean(html).firstChild) throw new Error(`${name} left nothing`);
        if (rounds >= 0) took[name] += performance.now() - from;
      }
      rounds += 1;
    }
    const bytes = new TextEncoder().encode(bodies.join('')).length * rounds;
    return Object.fromEntries(Object.entries(took).map(([name, ms]) => [name, bytes / (ms / 1000)]));
  }, bodies);
  console.log(JSON.stringify(rates));
} finally {
  await browser.close();
}
