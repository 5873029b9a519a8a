// Hostile words in every field of a source, built into a site and opened in Chromium with the
// site's own policy switched off: what keeps them harmless is the markup, not the policy behind it.
// `tests/attacks.rs` reads the same pages without a browser.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test, { after, before } from 'node:test';
import { serveDir, withPage } from './support.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const groups = JSON.parse(await readFile(join(ROOT, 'tests/attacks/payloads.json'), 'utf8'));
const payloads = groups.flatMap(({ what, texts }) => texts.map((text) => ({ what, text })));

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

let folder;
let server;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dateline-attacks-'));
  await mkdir(join(folder, 'pictures'));
  await copyFile(join(ROOT, 'public/icon.png'), join(folder, 'pictures/quay.png'));
  await writeFile(join(folder, 'site.json'), JSON.stringify({
    title: 'The Post', description: 'News.', url: 'https://post.example', language: 'en-GB',
    source: { kind: 'jsonfeed', url: 'feed.json' },
  }));
  await writeFile(join(folder, 'feed.json'), JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1', title: 'The Post', items: payloads.map(story),
  }));
  const program = process.env.DATELINE_PROGRAM ?? join(ROOT, 'target/release/dateline');
  const out = join(folder, 'out');
  const built = spawnSync(program, ['prerender', '--app', join(ROOT, 'target/app'), '--site', join(folder, 'site.json'), '--out', out], { encoding: 'utf8' });
  assert.equal(built.status, 0, built.stderr);
  server = await serveDir(out);
});

after(async () => {
  server?.stop();
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
      || document.querySelectorAll('#app').length !== 1 || document.querySelectorAll('#page').length !== 1,
    handlers: [...document.querySelectorAll('*')].flatMap((it) => [...it.attributes].filter(({ name }) => name.startsWith('on')).map(({ name }) => name)),
    frames: document.querySelectorAll('iframe, object, embed, base').length,
    hidden: getComputedStyle(document.body).display === 'none',
  }));
  assert.deepEqual(state, { pwned: undefined, elsewhere: false, base: true, clobbered: false, handlers: [], frames: 0, hidden: false }, `${what}: ${address}`);
  assert.deepEqual(seen, [], `${what}: ${address}`);
};

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
    for (const [at, { what }] of payloads.entries()) {
      await page.goto(`${server.url}article/s${at}/`, { waitUntil: 'load' });
      await harmless(page, seen, page.url(), what);
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
      await harmless(page, seen, page.url(), 'on the way');
      await page.goBack();
      await page.waitForFunction((url) => location.href === url, before);
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
