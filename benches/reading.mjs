// How built sites feel in a browser: what a front page costs, how long the start keeps the main
// thread, how soon a turned page and every other interaction is painted, and whether long pages
// scroll smoothly. Archives of any size, so that growth is seen.
//
//   cargo xtask bench --articles 1000,10000,100000     # generates and prerenders the archives
//   node benches/reading.mjs [--runs 5] [--cpu 4] [--json FILE] NAME=DIR …
//   node benches/reading.mjs --demo target/bench/demo   # every interaction of the demo newsroom
//   node benches/reading.mjs --long                     # a story of 20,000 words and 300 pictures
//
// A phone of 412 × 823 at the given slowness of its processor; slow 4G (150 ms, 1.6 Mbit/s) where
// times of the network count. Medians of the runs, the worst of interactions. Timings, so no test.
import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const TARGET = process.env.CARGO_TARGET_DIR ?? join(ROOT, 'target');
const PHONE = { viewport: { width: 412, height: 823 }, deviceScaleFactor: 1.75, isMobile: true, hasTouch: true };
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '5' },
    cpu: { type: 'string', default: '4' },
    demo: { type: 'string' },
    long: { type: 'boolean' },
    json: { type: 'string' },
  },
});
const RUNS = Number(options.runs);
const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
const sleep = (ms) => new Promise((done) => { setTimeout(done, ms); });

/** Serves a folder with xtask's own server. */
async function serve(dir) {
  const child = spawn(join(TARGET, 'debug/xtask'), ['serve-dir', dir, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise((resolve, reject) => {
    child.stdout.once('data', (said) => resolve(String(said).trim()));
    child.once('exit', (code) => reject(new Error(`serve-dir ended with ${code}`)));
  });
  return { url, stop: () => child.kill() };
}

/** Runs in the page: long tasks, slow events, shifts, and when a headline was painted after a click. */
function watch() {
  const seen = (globalThis.bench = { tasks: [], events: [], shift: 0, turned: null });
  const observe = (type, each, more) =>
    new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true, ...more });
  observe('longtask', ({ startTime, duration }) => seen.tasks.push([Math.round(startTime), Math.round(duration)]));
  observe('event', ({ name, duration, interactionId }) => interactionId && seen.events.push([name, duration]), { durationThreshold: 16 });
  observe('layout-shift', ({ value, hadRecentInput }) => { if (!hadRecentInput) seen.shift += value; });
  addEventListener('click', (event) => {
    if (!event.target.closest?.('a[href]')) return;
    const from = performance.now();
    const before = document.querySelector('h1')?.textContent;
    const look = () => {
      const heading = document.querySelector('h1');
      if (heading && heading.textContent !== before) requestAnimationFrame(() => { seen.turned = performance.now() - from; });
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, true);
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
});

/** A page of a phone in a fresh profile. */
async function open({ slow = false } = {}) {
  const context = await browser.newContext({ ...PHONE, serviceWorkers: 'block' });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: Number(options.cpu) });
  await cdp.send('Network.enable');
  if (slow) await cdp.send('Network.emulateNetworkConditions', { offline: false, latency: 150, downloadThroughput: 2e5, uploadThroughput: 93750 });
  const traffic = { bytes: 0, requests: 0 };
  cdp.on('Network.loadingFinished', ({ encodedDataLength }) => { traffic.bytes += encodedDataLength; traffic.requests += 1; });
  await page.addInitScript(watch);
  await page.addInitScript(() => {
    globalThis.shown = 0;
    document.addEventListener('dateline-page', () => { globalThis.shown += 1; });
  });
  return { page, cdp, traffic, close: () => context.close() };
}

const live = (page, pages = 1) => page.waitForFunction((n) => globalThis.shown >= n, pages, { timeout: 60_000 });

/** Frames while a finger flings a page to its end: how many came late, and the longest wait. */
async function frames({ page, cdp }) {
  await page.evaluate(() => {
    globalThis.times = [];
    const note = (at) => { globalThis.times.push(at); globalThis.noting = requestAnimationFrame(note); };
    requestAnimationFrame(note);
  });
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  const way = Math.min(height, 40_000);
  for (let done = 0; done < way; done += 4000) {
    await cdp.send('Input.synthesizeScrollGesture', { x: 200, y: 600, yDistance: -4000, speed: 4000, gestureSourceType: 'touch' });
  }
  const gaps = await page.evaluate(() => {
    cancelAnimationFrame(globalThis.noting);
    return globalThis.times.slice(1).map((at, n) => at - globalThis.times[n]);
  });
  gaps.sort((a, b) => a - b);
  return {
    frames: gaps.length,
    late: gaps.filter((gap) => gap > 34).length,
    p95: Math.round(gaps[Math.floor(gaps.length * 0.95)]),
    worst: Math.round(gaps.at(-1)),
    height,
  };
}

/** One archive: its front page cold, a story and back, a search, its first category scrolled. */
async function archive(name, dir) {
  const server = await serve(dir);
  const rows = [];
  for (let run = 0; run < RUNS; run += 1) {
    const cold = await open({ slow: true });
    await cold.page.goto(server.url);
    await live(cold.page);
    await sleep(2500);
    const start = await cold.page.evaluate(() => globalThis.bench);
    const front = { ...cold.traffic };
    const story = cold.page.locator('main a.card-link').nth(2);
    await story.scrollIntoViewIfNeeded();
    await sleep(1500);
    await story.tap();
    await cold.page.waitForFunction(() => globalThis.bench.turned !== null);
    const turned = await cold.page.evaluate(() => globalThis.bench.turned);
    await live(cold.page, 2);
    await sleep(1000);
    const back = await cold.page.evaluate(() => new Promise((resolve) => {
      const from = performance.now();
      const before = document.querySelector('h1').textContent;
      const look = () => (document.querySelector('h1')?.textContent !== before
        ? requestAnimationFrame(() => resolve(performance.now() - from)) : requestAnimationFrame(look));
      history.back();
      requestAnimationFrame(look);
    }));
    await cold.close();

    const search = await open({ slow: true });
    await search.page.goto(new URL('search/', server.url).href);
    await live(search.page);
    const field = search.page.getByRole('searchbox').or(search.page.locator('main input[name=q]')).first();
    await search.page.waitForFunction(() => !document.querySelector('main input[name=q]')?.disabled);
    const before = search.traffic.bytes;
    const asked = Date.now();
    await field.fill('harbour council ferry');
    await search.page.locator('main mark').first().waitFor({ timeout: 60_000 });
    rows.push({
      front, turned, back, start: start.tasks, shift: start.shift,
      search: { ms: Date.now() - asked, bytes: search.traffic.bytes - before },
    });
    await search.close();
  }
  const list = await open();
  await list.page.goto(new URL('category/harbour/', server.url).href);
  await live(list.page);
  await sleep(500);
  const scrolled = await frames(list);
  await list.close();
  server.stop();
  const of = (pick) => Math.round(median(rows.map(pick)));
  return {
    name,
    'front, KB': of((row) => row.front.bytes / 1000),
    requests: of((row) => row.front.requests),
    'front → story, ms': of((row) => row.turned),
    'back, ms': of((row) => row.back),
    'search, ms on slow 4G': of((row) => row.search.ms),
    'search, KB': of((row) => row.search.bytes / 1000),
    'longest task at start, ms': of((row) => Math.max(0, ...row.start.map(([, took]) => took))),
    'layout shift': Math.max(...rows.map((row) => row.shift)).toFixed(3),
    'category: frames late': `${scrolled.late} of ${scrolled.frames}`,
    'p95, ms': scrolled.p95,
  };
}

/** Every interaction of a story and of the search page, as the browser times it to the next paint. */
async function interactions(dir) {
  const server = await serve(dir);
  const worst = new Map();
  const note = async (page, what) => {
    await sleep(700);
    const events = await page.evaluate(() => globalThis.bench.events.splice(0));
    worst.set(what, Math.max(worst.get(what) ?? 0, 0, ...events.map(([, took]) => took)));
  };
  for (let run = 0; run < RUNS; run += 1) {
    const tab = await open();
    const { page } = tab;
    await page.goto(server.url);
    await live(page);
    await sleep(1500);
    await page.locator('details.menu > summary').tap();
    await note(page, 'menu opens');
    await page.locator('details.menu > summary').tap();
    await note(page, 'menu closes');
    const settings = page.getByRole('button', { name: 'Reading settings' });
    await settings.tap();
    await note(page, 'settings open');
    for (const [label, what] of [['Dark', 'dark theme'], ['Light', 'light theme']]) {
      await page.locator('dialog').getByText(label, { exact: true }).first().tap();
      await note(page, what);
    }
    await page.keyboard.press('Escape');
    await note(page, 'settings close');
    const story = page.locator('main a.card-link').first();
    await story.scrollIntoViewIfNeeded();
    await sleep(1000);
    await story.tap();
    await live(page, 2);
    await note(page, 'front → story');
    const form = page.getByRole('textbox', { name: 'Comment' });
    if (await form.count()) {
      await form.scrollIntoViewIfNeeded();
      await page.waitForFunction(() => document.querySelector('[data-part="comments"] button:not(:disabled)'));
      await form.tap();
      await note(page, 'comment field focused');
      await page.keyboard.type('A comment about the ferry.', { delay: 30 });
      await note(page, 'comment typed');
    }
    const picture = page.locator('.body figure a').first();
    if (await picture.count()) {
      await picture.scrollIntoViewIfNeeded();
      await picture.tap();
      await note(page, 'picture opens');
      await page.keyboard.press('Escape');
      await note(page, 'picture closes');
    }
    await page.goto(new URL('search/', server.url).href);
    await live(page);
    await page.waitForFunction(() => !document.querySelector('main input[name=q]')?.disabled);
    await page.locator('main input[name=q]').tap();
    await page.keyboard.type('harbour ferry council', { delay: 60 });
    await note(page, 'search typed');
    await tab.close();
  }
  server.stop();
  return worst;
}

/** A story of 20,000 words and 300 pictures, scrolled to its end. */
async function long() {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-long-'));
  const pictures = join(ROOT, 'public/pictures');
  const names = readdirSync(pictures).filter((name) => /^[a-z-]+\.png$/.test(name)).slice(0, 10);
  mkdirSync(join(folder, 'pictures'));
  for (const name of names) copyFileSync(join(pictures, name), join(folder, 'pictures', name));
  const words = 'The ferry left the quay before light and came back with the evening tide as it had for years'.split(' ');
  const paragraph = (n) => `<p>${Array.from({ length: 66 }, (_, at) => words[(at * 7 + n) % words.length]).join(' ')}.</p>`;
  const body = Array.from({ length: 300 }, (_, n) =>
    `${n % 15 ? '' : `<h2>Part ${n / 15 + 1}</h2>`}${paragraph(n)}<figure><img src="pictures/${names[n % names.length]}" alt="Picture ${n}" width="1440" height="960"><figcaption>Picture ${n}</figcaption></figure>`).join('');
  const site = { title: 'Long', url: 'https://long.example/', language: 'en', source: { kind: 'jsonfeed', url: 'feed.json' } };
  writeFileSync(join(folder, 'site.json'), JSON.stringify(site));
  writeFileSync(join(folder, 'feed.json'), JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1', title: 'Long',
    items: [{ id: 'long', title: 'A long story', content_html: body, date_published: '2026-11-01T08:00:00Z' }],
  }));
  execFileSync(join(TARGET, 'release/dateline'), ['prerender', '--app', join(TARGET, 'app'), '--site', join(folder, 'site.json'), '--out', join(folder, 'out')]);
  const [slug] = readdirSync(join(folder, 'out/article'));
  const server = await serve(join(folder, 'out'));
  const rows = [];
  for (let run = 0; run < RUNS; run += 1) {
    const tab = await open();
    await tab.page.goto(new URL(`article/${slug}/`, server.url).href);
    await live(tab.page);
    await sleep(1000);
    rows.push(await frames(tab));
    await tab.close();
  }
  server.stop();
  const html = readFileSync(join(folder, `out/article/${slug}/index.html`)).length;
  rmSync(folder, { recursive: true, force: true });
  const of = (key) => median(rows.map((row) => row[key]));
  return { 'HTML, KB': Math.round(html / 1000), 'height, px': of('height'), frames: of('frames'), 'late (over 34 ms)': of('late'), 'p95, ms': of('p95'), 'worst, ms': of('worst') };
}

const table = (rows) => {
  const head = Object.keys(rows[0]);
  console.log(`\n| ${head.join(' | ')} |\n|${head.map(() => '---').join('|')}|`);
  for (const row of rows) console.log(`| ${Object.values(row).join(' | ')} |`);
};
const report = {};
try {
  if (positionals.length) {
    report.archives = [];
    for (const given of positionals) {
      const [name, dir] = given.split(/=(.*)/s);
      report.archives.push(await archive(name, dir));
    }
    table(report.archives);
  }
  if (options.demo) {
    const worst = await interactions(options.demo);
    report.interactions = Object.fromEntries(worst);
    table([...worst].map(([interaction, ms]) => ({ interaction, 'worst, ms': ms })));
  }
  if (options.long) {
    report.long = await long();
    table([report.long]);
  }
} finally {
  await browser.close();
}
console.log(`\nprocessor ×${options.cpu} slower, ${RUNS} runs, load ${loadavg()[0].toFixed(1)}`);
if (options.json) writeFileSync(options.json, JSON.stringify(report, null, 2));
