// Hostile words in every field of a source, built into a site and opened in Chromium with the
// site's own policy switched off: what keeps them harmless is the markup, not the policy behind it.
// `tests/attacks.rs` reads the same pages without a browser.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test, { after, before } from 'node:test';
import { eventually, live, pagesShown, serveDir, withPage } from './support.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const groups = JSON.parse(await readFile(join(ROOT, 'tests/attacks/payloads.json'), 'utf8'));
const payloads = groups.flatMap(({ what, texts }) => texts.map((text) => ({ what, text })));
// One harmless story, to hold the others against.
payloads.push({ what: 'nothing', text: 'plain words' });

const body = (text) => `<p>Before ${text} after.</p><h2 id="${text}">${text}</h2>
  <figure><img src="/pictures/quay.png" alt="${text}"><figcaption>${text} <span class=credit>${text}</span></figcaption></figure>
  <a href="${text}" title="${text}">link</a><blockquote cite="${text}">${text}</blockquote>
  <pre><code class="language-${text}">${text}</code></pre><table><caption>${text}</caption><tr><td>${text}</table>
  <iframe src="https://www.youtube.com/embed/abcdefghijk" title="${text}"></iframe>`;

const story = ({ text }, at) => ({
  id: `${at} ${text}`, url: `https://post.example/article/s${at}/`, title: `${at} ${text}`, summary: text,
  content_html: body(text), image: '/pictures/quay.png', banner_image: text, date_published: '2026-11-23T08:00:00Z',
  date_modified: text, language: text, tags: [`T${at} ${text}`, text],
  authors: [{ name: `A${at} ${text}`, url: text, _dateline: { slug: text, bio: text } }],
  _dateline: {
    section: { path: `desk${at % 7}`, name: `Desk ${text}` }, kicker: text, standfirst: text, key_points: [text],
    pull_quotes: [{ text, attribution: text }], corrections: [{ text }], related: [text],
    image: { alt: text, caption: text, credit: text }, comments: { url: text, count: 3 },
  },
});

/** What the widget is given at a time: the most that it shows. */
const WIRE = 50;
const wires = Array.from({ length: Math.ceil(payloads.length / WIRE) }, (_, at) => payloads.slice(at * WIRE, (at + 1) * WIRE));

let folder;
/** The newsroom built ahead, with pages of a stranger who shows it; and the one drawn in the browser. */
let server;
let shell;

async function build(name, more) {
  const home = join(folder, name);
  await mkdir(join(home, 'pictures'), { recursive: true });
  await copyFile(join(ROOT, 'public/icon.png'), join(home, 'pictures/quay.png'));
  await writeFile(join(home, 'site.json'), JSON.stringify({
    title: 'The Post', description: 'News.', url: 'https://post.example', language: 'en-GB',
    source: { kind: 'jsonfeed', url: 'feed.json' }, ...more,
  }));
  const feed = (items) => JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'The Post', items });
  const stories = payloads.map(story);
  await writeFile(join(home, 'feed.json'), feed(stories));
  const program = process.env.DATELINE_PROGRAM ?? join(ROOT, 'target/release/dateline');
  const app = process.env.DATELINE_APP ?? join(ROOT, 'target/app');
  const out = join(home, 'out');
  const built = spawnSync(program, ['prerender', '--app', app, '--site', join(home, 'site.json'), '--out', out], { encoding: 'utf8' });
  assert.equal(built.status, 0, built.stderr);
  for (const at of wires.keys()) {
    await writeFile(join(out, `wire-${at}.json`), feed(stories.slice(at * WIRE, (at + 1) * WIRE)));
    await writeFile(join(out, `host-${at}.html`), `<!doctype html><title>A host</title><main id="app"><p>Own words.</p></main>
      <dateline-widget src="/wire-${at}.json" layout="cards" limit="${WIRE}"></dateline-widget>
      <script type="module" src="/embed/embed.js"></script>`);
  }
  return serveDir(out);
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dateline-attacks-'));
  server = await build('ahead', {});
  // Named here, the sections stand there whether or not the list beside a story came in time; their
  // names are the hostile ones all the same.
  shell = await build('shell', { prerender: false, sections: Array.from({ length: 7 }, (_, at) => `desk${at}`) });
});

after(async () => {
  server?.stop();
  shell?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** Opens pages in a browser that counts what must never happen. */
async function watched(options, fn) {
  await withPage({ allow: [/./], bypassCSP: true, ...options }, async (page, context) => {
    const seen = [];
    page.on('dialog', (dialog) => { seen.push(`dialog ${dialog.message()}`); dialog.dismiss(); });
    page.on('popup', (popup) => seen.push(`popup ${popup.url()}`));
    await context.route((url) => url.hostname !== '127.0.0.1', (route) => {
      const request = route.request();
      // A picture of the publisher's choice is what a source may ask for; nothing else is.
      if (request.resourceType() !== 'image' || request.url().includes('canary.example')) {
        seen.push(`${request.resourceType()} ${request.url()}`);
      }
      return route.abort();
    });
    await fn(page, seen);
  });
}

const harmless = async (page, seen, address, what) => {
  const state = await page.evaluate(() => ({
    pwned: window.__pwned,
    elsewhere: location.hostname !== '127.0.0.1',
    base: document.baseURI.split('#')[0] === location.href.split('#')[0],
    clobbered: typeof document.querySelector !== 'function' || !(document.body instanceof HTMLBodyElement)
      || document.querySelectorAll('#app').length !== 1 || document.querySelectorAll('#page').length > 1,
    handlers: [...document.querySelectorAll('*')].flatMap((it) => [...it.attributes].filter(({ name }) => name.startsWith('on')).map(({ name }) => name)),
    frames: document.querySelectorAll('iframe, object, embed, base').length,
    hidden: getComputedStyle(document.body).display === 'none',
  }));
  assert.deepEqual(state, { pwned: undefined, elsewhere: false, base: true, clobbered: false, handlers: [], frames: 0, hidden: false }, `${what}: ${address}`);
  assert.deepEqual(seen, [], `${what}: ${address}`);
};

/** What stands around the story: elements, and the names that scripts and styles know them by. */
const around = (page) => page.evaluate(() =>
  [...document.body.querySelectorAll('*')]
    .filter((it) => !it.closest('main'))
    .map((it) => `${it.localName} ${it.id} ${it.className}`));

test('the watch itself sees what runs', async () => {
  await watched({}, async (page, seen) => {
    await page.goto(server.url);
    await page.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="window.__pwned=1"><iframe src="https://canary.example/"></iframe>'));
    await page.waitForFunction(() => window.__pwned === 1);
    await assert.rejects(harmless(page, seen, page.url(), 'control'));
    assert.ok(seen.some((it) => it.includes('canary.example')), 'the frame was seen');
  });
});

test('no page of a hostile source runs, asks for or opens anything, not even without a policy', async () => {
  await watched({}, async (page, seen) => {
    await page.goto(`${server.url}article/s${payloads.length - 1}/`);
    const wanted = await around(page);
    for (const [at, { what }] of payloads.entries()) {
      await page.goto(`${server.url}article/s${at}/`, { waitUntil: 'load' });
      await harmless(page, seen, page.url(), what);
      assert.deepEqual(await around(page), wanted, `${what}: around s${at}`);
    }
    for (const path of ['', 'page/2/', 'category/desk1/', 'archive/2026/11/', 'embed/latest.html', 'search/']) {
      await page.goto(`${server.url}${path}`, { waitUntil: 'load' });
      if (path !== 'embed/latest.html') await harmless(page, seen, page.url(), 'lists');
      assert.equal(await page.evaluate(() => window.__pwned), undefined);
    }
  });
});

test('reading from story to story with the app awake is as harmless', async () => {
  await watched({}, async (page, seen) => {
    await page.goto(server.url);
    await page.waitForFunction(() => globalThis.datelinePages > 0);
    for (let n = 0; n < 12; n += 1) {
      const links = page.locator('main h3 a, main h2 a');
      const before = page.url();
      await links.nth(n % Math.max(1, await links.count())).click();
      await page.waitForFunction((url) => location.href !== url, before);
      await page.locator('article h1').waitFor();
      await harmless(page, seen, page.url(), 'on the way');
      const pages = await pagesShown(page);
      await page.goBack();
      await eventually(async () => page.url() === before && (await pagesShown(page)) > pages);
    }
  });
});

test('hovering, focusing and clicking what was hostile does nothing', async () => {
  await watched({}, async (page, seen) => {
    for (const [at, { what }] of payloads.entries()) {
      if (at % 6 !== 0) continue;
      await page.goto(`${server.url}article/s${at}/`, { waitUntil: 'load' });
      await page.evaluate(() => {
        for (const element of document.querySelectorAll('.body *')) {
          for (const kind of ['mouseover', 'focus', 'toggle', 'animationend', 'load', 'error', 'begin']) element.dispatchEvent(new Event(kind));
          element.focus?.();
        }
      });
      await harmless(page, seen, page.url(), what);
    }
  });
});

test('a page drawn in the browser is as harmless, and so is what stands around the story', async () => {
  await watched({}, async (page, seen) => {
    const to = async (path) => {
      await page.goto(`${shell.url}${path}`, { waitUntil: 'load' });
      await live(page);
      return around(page);
    };
    // The sections and the next stories stand there once the list came; on a busy machine a story may
    // be there before.
    const whole = async (path) => {
      let found;
      for (let tries = 0; tries < 5; tries += 1) {
        found = await to(path);
        if ((await page.locator('nav.sections li').count()) && (await page.locator('[data-part="worth-reading"]').count())) break;
      }
      return found;
    };
    const wanted = await whole(`article/s${payloads.length - 1}/`);
    assert.ok(wanted.length > 10, 'the newsroom stands around it');
    for (const [at, { what, text }] of payloads.entries()) {
      const found = await whole(`article/s${at}/`);
      await harmless(page, seen, page.url(), what);
      assert.deepEqual(found, wanted, `${what}: around s${at}`);
      assert.ok((await page.locator('h1').innerText()).startsWith(`${at}`), `${what}: ${text} has its page`);
    }
    for (const path of ['', 'page/2/', 'category/desk1/', 'search/?q=pwned']) {
      await to(path);
      await harmless(page, seen, page.url(), 'lists');
    }
  });
});

test('the widget shows them all on a stranger\'s page, and that page is untouched', async () => {
  await watched({}, async (page, seen) => {
    for (const [at, wire] of wires.entries()) {
      await page.goto(`${server.url}host-${at}.html`, { waitUntil: 'load' });
      await eventually(async () => (await page.locator('dateline-widget a[part=link]').count()) > 0);
      const found = await page.evaluate(() => {
        const parts = [...document.querySelector('dateline-widget').shadowRoot.querySelectorAll('*')];
        return {
          pwned: window.__pwned,
          handlers: parts.flatMap((it) => it.getAttributeNames().filter((name) => name.startsWith('on'))),
          foreign: parts.filter((it) => ['script', 'iframe', 'object', 'embed', 'base', 'form', 'input'].includes(it.localName)).length,
          addresses: parts.flatMap((it) => [it.href, it.src]).filter((it) => it && !/^https?:/.test(it)),
          host: document.querySelector('main').outerHTML,
          body: [...document.body.children].map((it) => it.localName),
        };
      });
      assert.deepEqual(found, {
        pwned: undefined, handlers: [], foreign: 0, addresses: [], host: '<main id="app"><p>Own words.</p></main>',
        body: ['main', 'dateline-widget', 'script'],
      });
      assert.deepEqual(seen, []);
      const links = await page.locator('dateline-widget a[part=link]').count();
      assert.equal(links, wire.length, 'every story has its link');
    }
  });
});

test('a path with two slashes, and a page that leads to another host, are never taken for pages of ours', async () => {
  // The other host has a page like ours, and lets everybody read it.
  const theirs = await readFile(join(folder, 'ahead/out/article/s1/index.html'), 'utf8');
  const headers = { 'access-control-allow-origin': '*', 'content-type': 'text/html; charset=utf-8' };
  const other = createServer((_, answer) => answer.writeHead(200, headers).end(theirs.replace(/<h1[^>]*>/, '$&Theirs: ')));
  await new Promise((resolve) => { other.listen(0, '127.0.0.1', resolve); });
  const address = `127.0.0.1:${other.address().port}`;
  const out = join(folder, 'ahead/out');
  await writeFile(join(out, '_redirects'), `/article/moved/ http://${address}/article/s1/ 302\n`);
  const own = await serveDir(out);
  try {
    for (const path of [`//${address}/article/s1/`, '/article/moved/']) {
      await withPage({ allow: [/./], bypassCSP: true }, async (page) => {
        await page.goto(`${own.url}article/s${payloads.length - 1}/`);
        await live(page);
        const fetched = [];
        page.on('request', (request) => {
          if (new URL(request.url()).host === address && !request.isNavigationRequest()) fetched.push(request.url());
        });
        await page.evaluate((target) => {
          globalThis.here = true;
          const link = document.createElement('a');
          link.href = location.origin + target;
          link.textContent = 'An offer';
          document.querySelector('.body').prepend(link);
        }, path);
        const link = page.getByRole('link', { name: 'An offer' });
        await link.hover();
        await link.click();
        await page.waitForFunction(() => globalThis.here !== true);
        const wanted = path.startsWith('//') ? [new URL(own.url).origin, path] : [`http://${address}`, '/article/s1/'];
        assert.deepEqual(await page.evaluate(() => [location.origin, location.pathname]), wanted);
        if (path.startsWith('//')) assert.deepEqual(fetched, [], 'nothing was asked of the other host');
      });
    }
  } finally {
    own.stop();
    other.close();
    other.closeAllConnections();
  }
});
