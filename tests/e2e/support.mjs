// What browser tests share: Chromium, pages that fail on console errors, axe, the server's address.
//
// `cargo xtask test --only e2e` builds the demo, serves it and sets the variables below. Tests are
// plain `node:test`; the browser is driven by playwright-core, which needs nothing downloaded.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const need = (name) => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run these tests with \`cargo xtask test --only e2e\``);
  return value;
};

/** The front page of the demo on the static server, with its slash. */
export const SITE = process.env.DATELINE_URL ?? need('DATELINE_URL');

/** The folder the demo was built into. */
export const OUT = process.env.DATELINE_OUT ?? need('DATELINE_OUT');

/** The address of `path` ("/saved/") on the site. */
export const url = (path) => new URL(path.replace(/^\//, ''), SITE).href;

/** What every browser of the tests is started with. */
export const ARGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

let shared;

/** The browser of this spec file, started when first asked for. */
export function browser() {
  shared ??= chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ARGS,
  });
  return shared;
}

after(async () => {
  if (shared) await (await shared).close();
});

/**
 * Opens a page in a fresh context, hands it to `fn`, and closes it. When the page wrote an error to
 * the console or threw, the test fails, unless `allow` (regular expressions) covers the message.
 * Everything else in `options` is Playwright's: `javaScriptEnabled`, `viewport`, `colorScheme`,
 * `offline`, `serviceWorkers`, …
 *
 * Service workers are blocked unless a test asks for them, so that no test meets another's cache.
 */
export async function withPage(options, fn) {
  const { allow = [], ...contextOptions } = options;
  const context = await (await browser()).newContext({ serviceWorkers: 'block', ...contextOptions });
  const errors = [];
  const note = (kind, text) => {
    if (!allow.some((pattern) => pattern.test(text))) errors.push(`${kind}: ${text}`);
  };
  context.on('console', (message) => {
    if (message.type() === 'error') note('console', `${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => note('exception', String(error.error()?.stack ?? error.error())));
  try {
    await context.addInitScript(countPages);
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const result = await fn(page, context);
    if (errors.length > 0) throw new Error(`the page reported errors:\n${errors.join('\n')}`);
    return result;
  } finally {
    await context.close();
  }
}

/**
 * Resolves when the app has taken the page over. It says so with the `dateline-page` event that a
 * publisher's own counting uses; `withPage` counts them from before the page's first script.
 */
export async function live(page) {
  await page.waitForFunction(() => globalThis.datelinePages > 0);
}

/**
 * Holds files (a pattern of Playwright's) of the app back; what it gives lets them come and waits for
 * the page to be alive.
 */
export async function held(page, files = '**/*.wasm') {
  let open;
  const gate = new Promise((resolve) => { open = resolve; });
  await page.route(files, async (route) => {
    await gate;
    await route.continue();
  });
  return async () => {
    open();
    await live(page);
  };
}

/** Takes the headlines' face away: whether it is there in time is the line's business, and in another lines break elsewhere. */
export const plainly = (page) => page.route('**/*.woff2', (route) => route.abort());

/** Waits until `fn` answers with something true, promises awaited. */
export async function eventually(fn, timeout = 20_000) {
  const end = Date.now() + timeout;
  while (!(await fn())) {
    if (Date.now() > end) throw new Error(`never came true within ${timeout} ms: ${fn}`);
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
}

/**
 * The same with a function that runs in the page: Playwright's own `waitForFunction` takes a
 * promise itself for a yes.
 */
export const until = (page, fn, arg) => eventually(() => page.evaluate(fn, arg));

/** Resolves when what was last changed has been painted. */
export const painted = (page) =>
  page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));

/** How many pages the app has shown in this document: 1 after start, one more a navigation. */
export const pagesShown = (page) => page.evaluate(() => globalThis.datelinePages);

/** An init script for browsers that a test starts itself: without it [`live`] waits for ever. */
export const countPages = () => {
  globalThis.datelinePages = 0;
  document.addEventListener('dateline-page', () => (globalThis.datelinePages += 1));
};

/**
 * One page of each kind the demo was built with, as [name, path]. What a build does not have is
 * left out, so a test over all of them fails only for pages that are there.
 */
export async function templates() {
  const files = (await readdir(OUT, { recursive: true })).map((file) => file.replaceAll('\\', '/'));
  const kinds = [
    ['front', /^index\.html$/],
    ['second page of the front', /^page\/2\/index\.html$/],
    ['category', /^category\/[^/]+\/index\.html$/],
    ['tag', /^tag\/[^/]+\/index\.html$/],
    ['author', /^author\/[^/]+\/index\.html$/],
    ['article', /^article\/[^/]+\/index\.html$/],
    ['related', /^article\/[^/]+\/related\/index\.html$/],
    ['search', /^search\/index\.html$/],
    ['saved', /^saved\/index\.html$/],
    ['drafts', /^drafts\/index\.html$/],
    ['archive', /^archive\/index\.html$/],
    ['year of the archive', /^archive\/\d+\/index\.html$/],
    ['month of the archive', /^archive\/\d+\/\d+\/index\.html$/],
    ['live story', /^article\/surge-night-live\/index\.html$/],
    ['a page of the publisher', /^about\/index\.html$/],
    ['not found', /^404\.html$/],
  ];
  return kinds.flatMap(([name, pattern]) => {
    const file = files.filter((candidate) => pattern.test(candidate)).sort()[0];
    return file ? [[name, `/${file.replace(/index\.html$/, '')}`]] : [];
  });
}

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/**
 * Runs axe with the WCAG 2.2 AA rules and the good practices, target size included, and gives back
 * the violations, one readable line a rule. It is evaluated from outside of the page, so the site's
 * Content-Security-Policy stands as it is.
 */
export async function axe(page, options = {}) {
  await page.evaluate(await readFile(axePath, 'utf8'));
  const result = await page.evaluate(
    (given) => globalThis.axe.run(document, { rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'], ...given }),
    options,
  );
  return result.violations.map(
    ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.target.join(' ')).join(' | ')}`,
  );
}

/** Serves another folder, for tests that change what is deployed; gives its address and `stop`. */
export async function serveDir(dir, { base = '/' } = {}) {
  const child = spawn(need('DATELINE_XTASK'), ['serve-dir', dir, '--port', '0', '--base', base], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const address = await new Promise((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += chunk;
      if (said.includes('\n')) resolve(said.trim());
    });
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`serve-dir ended with ${code}`)));
  });
  return { url: address, stop: () => child.kill() };
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const APP = process.env.DATELINE_APP ?? join(ROOT, 'target/app');
const PROGRAM = process.env.DATELINE_PROGRAM ?? join(ROOT, 'target/release/dateline');

/** Builds and serves a small paper of these items of a JSON Feed; `fn` gets a function of a path. */
export async function paper(items, config, fn) {
  const folder = await mkdtemp(join(tmpdir(), 'dateline-paper-'));
  const site = {
    title: 'The Post', url: 'https://post.example/', language: 'en-GB', source: { kind: 'jsonfeed', url: 'feed.json' }, ...config,
  };
  await writeFile(join(folder, 'site.json'), JSON.stringify(site));
  await writeFile(join(folder, 'feed.json'), JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'The Post', items }));
  const out = join(folder, 'out');
  execFileSync(PROGRAM, ['prerender', '--app', APP, '--site', join(folder, 'site.json'), '--out', out], { stdio: 'pipe' });
  const server = await serveDir(out);
  try {
    return await fn((path) => new URL(path, server.url).href);
  } finally {
    server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
