// The newspaper in another engine than Chromium's: what has been seen to go otherwise there, and what a
// reader would miss first. Everything else is tested once, in `tests/e2e`.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { browser, KEYS, OUT, pause } from './webdriver.mjs';

const STORY = '/article/three-plates-for-a-town/';
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm', '.json': 'application/json', '.svg': 'image/svg+xml', '.png': 'image/png', '.webp': 'image/webp', '.woff2': 'font/woff2' };
// What a page complains of, noted from before its first script on. A file of the site's own, so that its policy
// stands as it is.
const NOTES = `self.complaints = []; self.datelinePages = 0;
document.addEventListener('dateline-page', () => (self.datelinePages += 1));
for (const kind of ['error', 'warn']) { const own = console[kind]; console[kind] = (...all) => { complaints.push(kind + ': ' + all.join(' ')); own.apply(console, all); }; }
addEventListener('error', ({ message, target }) => complaints.push('error: ' + (message ?? target.src ?? target.href)), true);
addEventListener('unhandledrejection', ({ reason }) => complaints.push('rejected: ' + reason));
document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => complaints.push('policy: ' + violatedDirective + ' ' + blockedURI));`;

/** A host on a port of its own, which can go away and come back. */
async function host(answer) {
  const server = createServer(async (request, response) => {
    const [status, type, body, headers = {}] = await answer(new URL(request.url, 'http://host').pathname);
    response.writeHead(status, { 'content-type': type, 'access-control-allow-origin': '*', ...headers }).end(body);
  });
  const listen = (port = 0) => new Promise((done) => { server.listen(port, '127.0.0.1', done); });
  await listen();
  const { port } = server.address();
  const stop = () => new Promise((done) => { server.close(done); server.closeAllConnections(); });
  return { url: `http://127.0.0.1:${port}`, stop, start: () => listen(port) };
}

// Under the policy of its `_headers`, as of plain http: WebKit would ask loopback by https, too. Without the
// rest of them, as of a host that knows none: a page that COOP keeps by itself is never come back to in WebKit.
const policy = /Content-Security-Policy: (.*)/.exec(await readFile(join(OUT, '_headers'), 'utf8'))[1].replace('; upgrade-insecure-requests', '');
const folder = async (path) => {
  if (path === '/notes.js') return [200, 'text/javascript', NOTES];
  const file = path.endsWith('/') ? `${path}index.html` : path;
  let body = await readFile(join(OUT, file)).catch(() => null);
  if (!body) return [404, 'text/plain', 'not found'];
  if (extname(file) === '.html') body = String(body).replace(/<meta name="viewport"[^>]*>/, '$&<script src="/notes.js"></script>');
  const kept = path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
  return [200, TYPES[extname(file)] ?? 'application/octet-stream', body, { 'content-security-policy': policy, 'cache-control': kept }];
};

let opened;
let site;
let page;
before(async () => {
  [opened, site] = await Promise.all([browser(), host(folder)]);
  ({ page } = opened);
});
after(async () => {
  await opened?.stop();
  await site?.stop().catch(() => {});
});

const live = () => page.until(() => globalThis.datelinePages > 0 && document.documentElement.dataset.app === 'live');
const open = async (path) => {
  await page.goto(site.url + path);
  await live();
};
const calm = async () => assert.deepEqual(await page.evaluate(() => complaints), []);
const place = () => page.evaluate(() => Math.round(scrollY));
const near = async (y) => assert.ok(Math.abs((await place()) - y) < 3, `at ${await place()} instead of ${y}`);
const focus = () => page.evaluate(() => document.activeElement.getAttribute('href') ?? document.activeElement.tagName);
/** Scrolls, and waits until the page has noticed. */
const scroll = async (y) => {
  await page.evaluate((to) => scrollTo(0, to), y);
  await pause(400);
};

test('every kind of page renders, comes alive, and nobody complains', async () => {
  for (const path of ['/', '/page/2/', STORY, '/category/harbour/', '/search/', '/saved/', '/drafts/', '/archive/', '/embed/']) {
    await open(path);
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wider <= 0, `${path} is ${wider} too wide`);
    assert.deepEqual(await page.evaluate(() => complaints), [], path);
  }
});

test('nothing of the app is asked for twice', async () => {
  await open('/about/');
  const asked = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => /\.wasm$|\/assets\/en-/.test(name)));
  assert.ok(asked.length >= 2, asked.join());
  assert.deepEqual(asked, [...new Set(asked)]);
});

test('a story opens by a click, Back restores the place and the focus', async () => {
  await open('/');
  await scroll(1500);
  const href = await page.evaluate(() => {
    const link = [...document.querySelectorAll('main a.card-link')].find((one) => { const { top } = one.getBoundingClientRect(); return top > 150 && top < 500; });
    link.id = 'pick';
    return link.getAttribute('href');
  });
  await page.click('#pick');
  await page.until((path) => location.pathname === path && datelinePages === 2, href);
  assert.deepEqual([await place(), await focus()], [0, 'H1']);
  await page.back();
  await page.until(() => location.pathname === '/' && datelinePages === 3);
  await page.until((path) => document.activeElement.getAttribute('href') === path, href);
  await near(1500);
  await calm();
});

test('a reload keeps the place', async () => {
  await open(STORY);
  await scroll(900);
  await page.reload();
  await live();
  await page.until(() => Math.abs(scrollY - 900) < 3);
});

test('who comes back from another site is where they were', async () => {
  const other = await host(async () => [200, 'text/html', '<!doctype html><title>elsewhere</title>']);
  try {
    await open(STORY);
    await page.evaluate((url) => {
      const link = Object.assign(document.createElement('a'), { href: url, id: 'away', textContent: 'away' });
      link.style.cssText = 'position:fixed;inset:0 auto auto 0;z-index:9';
      document.body.append(link);
    }, other.url);
    await scroll(900);
    await page.click('#away');
    await page.until(() => document.title === 'elsewhere');
    await page.back();
    await page.until(() => document.title !== 'elsewhere');
    await pause(1000);
    await near(900);
  } finally {
    await other.stop();
  }
});

test('search finds as one types; Back leads to what was followed there, and stays', async () => {
  await page.size(500, 700);
  await open('/search/');
  await page.type('input[type=search]', 'tide');
  await page.until(() => location.search === '?q=tide');
  await page.reload();
  await live();
  const found = await page.until(() => document.querySelectorAll('.results > li').length);
  const [href, y] = await page.evaluate(() => {
    const link = [...document.querySelectorAll('.results a')].at(-1);
    link.id = 'pick';
    link.scrollIntoView({ block: 'center' });
    return [link.getAttribute('href'), Math.round(scrollY)];
  });
  assert.ok(y > 300, String(y));
  await pause(400);
  await page.click('#pick');
  await page.until((path) => location.pathname === path, href);
  await page.back();
  await page.until((count) => document.querySelectorAll('.results > li').length === count, found);
  await page.until((path) => document.activeElement.getAttribute('href') === path, href);
  await pause(1500);
  assert.equal(await focus(), href);
  assert.equal(await page.evaluate(() => document.querySelector('input[type=search]').value), 'tide');
  await calm();
  await page.size(1280, 900);
});

test('a draft survives a reload', async () => {
  const near = () => page.evaluate(() => document.querySelector('[data-part="comments"]').scrollIntoView());
  await open(STORY);
  await near();
  await page.until(() => /Kept on this device/.test(document.body.innerText));
  await page.type('#reply-comment', 'Words that want keeping.');
  await page.reload();
  await live();
  await near();
  await page.until(() => document.querySelector('#reply-comment').value === 'Words that want keeping.');
  await page.evaluate(() => localStorage.clear());
  await calm();
});

test('a theme is shown at once, kept, and there before the app', async () => {
  await open('/');
  await page.click('.tool-settings');
  await page.until(() => document.querySelector('dialog.settings')?.open);
  await page.click('dialog.settings [name=settings-theme][value=dark]');
  const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  assert.equal(await paper(), 'rgb(15, 23, 34)');
  await page.press(KEYS.escape);
  await page.until(() => !document.querySelector('dialog.settings'));
  await open(STORY);
  assert.equal(await paper(), 'rgb(15, 23, 34)');
  await page.evaluate(() => localStorage.clear());
  await calm();
});

test('pictures open large and turn; Escape, Back and the button lead to the one seen last', async () => {
  await open(STORY);
  const count = await page.evaluate(() => document.querySelectorAll('a.zoom').length);
  assert.ok(count > 1);
  for (const close of [() => page.press(KEYS.escape), () => page.back(), () => page.click('.lightbox-close')]) {
    await page.click('a.zoom');
    await page.until(() => document.querySelector('dialog.lightbox')?.open && location.hash === '#picture-1');
    await page.press(KEYS.right);
    await page.until(() => document.querySelector('.lightbox-track').scrollLeft >= document.querySelector('.lightbox-track').clientWidth - 1);
    await close();
    await page.until(() => !document.querySelector('dialog.lightbox') && !location.hash);
    assert.equal(await page.evaluate(() => [...document.querySelectorAll('a.zoom')].indexOf(document.activeElement)), 1);
  }
  await calm();
});

test('without a network what was seen is there, and the rest says so', async () => {
  await open('/');
  await page.until(() => navigator.serviceWorker.controller);
  await open(STORY);
  await pause(1000);
  await site.stop();
  try {
    await page.goto(site.url + STORY);
    await page.until(() => document.documentElement.dataset.app === 'live' && document.getElementById('offline-note')?.textContent);
    await page.goto(`${site.url}/article/the-cup/`);
    assert.match(await page.evaluate(() => document.querySelector('main').innerText), /You are offline/);
  } finally {
    await site.start();
  }
});

test('the widget shows headlines on a page of another origin, and says what kept them away', async () => {
  const silent = await host(() => new Promise(() => {}));
  const stranger = await host(async () => [200, 'text/html; charset=utf-8', `<!doctype html><title>host</title>
    <script>self.told = {}; for (const name of ['load', 'error']) addEventListener('dateline-' + name, ({ target, detail }) => (told[target.id] = detail.count ?? detail.code));</script>
    <script type="module" src="${site.url}/embed/embed.js"></script>
    <dateline-widget id="full" src="${site.url}/embed/latest.json" limit="4" loading="eager"><a href="/">Latest</a></dateline-widget>
    <dateline-widget id="empty" src="${silent.url}/" loading="eager"><a href="/">Latest</a></dateline-widget>`]);
  try {
    await page.goto(stranger.url);
    await page.until(() => told.full && told.empty);
    assert.deepEqual(await page.evaluate(() => told), { full: 4, empty: 'timeout' });
    assert.equal(await page.evaluate(() => document.querySelector('#full').shadowRoot.querySelectorAll('li a[href]').length), 4);
  } finally {
    await Promise.all([stranger.stop(), silent.stop()]);
  }
});
