// Without a network: what was seen and what was saved, told apart from the live page, within bounds,
// and a way out of any of it.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { promisify } from 'node:util';
import { APP, PROGRAM, ROOT } from './search-support.mjs';
import { OUT, axe, eventually, live, serveDir, templates, until, withPage } from './support.mjs';

const STORY = (await templates()).find(([name]) => name === 'article')[1];
const FAILURES = [/ERR_INTERNET_DISCONNECTED/, /ERR_CONNECTION_REFUSED/, /Failed to load resource/, /Failed to fetch/, /could not/, /favicon/, /bad HTTP response code/];

/** A server of a copy of the demo that a test may change, and a page that lets workers in. */
async function site(fn, prepare = () => null) {
  const dir = await mkdtemp(join(tmpdir(), 'dateline-offline-'));
  await cp(OUT, dir, { recursive: true });
  await prepare(dir);
  const server = await serveDir(dir);
  const at = (path) => new URL(path, server.url).href;
  try {
    await withPage({ serviceWorkers: 'allow', allow: FAILURES }, (page, context) => fn({ page, context, dir, at }));
  } finally {
    server.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

/** The worker is in charge, and has kept what the page was made of. */
async function kept(page, path) {
  await page.waitForFunction(() => navigator.serviceWorker.controller);
  await until(page, async (address) => {
    const names = (await caches.keys()).filter((name) => name.includes(':pages:'));
    for (const name of names) if (await (await caches.open(name)).match(address)) return true;
    return false;
  }, new URL(path, page.url()).href);
}

const cached = (page, kind) =>
  page.evaluate(async (kind) => {
    const name = (await caches.keys()).find((one) => one.includes(`:${kind}:`));
    return name ? (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname) : [];
  }, kind);

test('one visit is enough: with the network cut the page comes back and says when it was saved', async () => {
  await site(async ({ page, context, at }) => {
    await page.goto(at(STORY));
    await live(page);
    await kept(page, STORY);
    const headline = await page.locator('h1').innerText();
    await context.setOffline(true);
    await page.reload();
    assert.equal(await page.locator('h1').innerText(), headline);
    await page.getByRole('status').filter({ hasText: /You are offline\. Saved at \d/ }).waitFor();
    assert.deepEqual(await axe(page), []);
  });
});

test('a slow line has its headlines’ face for the pages that come, never in the way of the first', async () => {
  await site(async ({ page, context, at }) => {
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', { offline: false, latency: 300, downloadThroughput: 2e6, uploadThroughput: 2e6 });
    const plain = () => page.evaluate(() => 'plain' in document.documentElement.dataset);
    const face = () => page.evaluate(() => performance.getEntriesByType('resource').some(({ name }) => name.endsWith('.woff2')));
    await page.goto(at(STORY));
    assert.equal(await plain(), true);
    await live(page);
    await kept(page, STORY);
    await eventually(async () => (await cached(page, 'assets')).some((path) => path.endsWith('.woff2')));
    assert.equal(await face(), false, 'never the page’s own');
    await page.goto(at('/'));
    assert.equal(await plain(), false);
    assert.equal(await face(), true);
  });
});

test('a page that was never seen is answered by the list of those that were', async () => {
  await site(async ({ page, context, at }) => {
    await page.goto(at(STORY));
    await live(page);
    await kept(page, STORY);
    const headline = await page.locator('h1').innerText();
    await context.setOffline(true);
    await page.goto(at('/category/nowhere/'));
    assert.equal(await page.locator('h1').innerText(), 'You are offline.');
    assert.deepEqual(await axe(page), []);
    await page.locator('main').getByRole('link', { name: headline }).click();
    assert.equal(await page.locator('h1').innerText(), headline);
  });
});

/** The same site behind a door that can be made to wait, as a worker's requests cannot be routed. */
async function slowly(origin) {
  const door = { wait: 0, path: '' };
  const server = createServer(async (request, response) => {
    if (request.url === door.path) await new Promise((resolve) => setTimeout(resolve, door.wait));
    const answer = await fetch(new URL(request.url, origin), { method: request.method }).catch(() => null);
    // The test is over.
    if (!answer) return response.destroy();
    const headers = [...answer.headers].filter(([name]) => !/^(content-encoding|content-length|transfer-encoding|connection)$/.test(name));
    response.writeHead(answer.status, headers);
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { door, url: `http://127.0.0.1:${server.address().port}/`, stop: () => server.close() };
}

test('a slow network has three seconds, then the copy is shown', async () => {
  await site(async ({ page, at }) => {
    const slow = await slowly(at('/'));
    const story = new URL(STORY, slow.url).href;
    try {
      await page.goto(story);
      await live(page);
      await kept(page, STORY);
      Object.assign(slow.door, { path: STORY, wait: 6000 });
      const from = Date.now();
      await page.reload();
      const took = Date.now() - from;
      assert.ok(took >= 2900 && took < 5900, `${took} ms`);
      await page.getByRole('status').filter({ hasText: /^Saved at \d/ }).waitFor();
    } finally {
      slow.stop();
    }
  });
});

test('while the network answers, the page is the network’s', async () => {
  await site(async ({ page, dir, at }) => {
    await page.goto(at(STORY));
    await live(page);
    await kept(page, STORY);
    const file = join(dir, STORY, 'index.html');
    const html = await readFile(file, 'utf8');
    await writeFile(file, html.replace(/<h1([^>]*)>[^<]*</, '<h1$1>Corrected<'));
    await page.reload();
    assert.equal(await page.locator('h1').innerText(), 'Corrected');
    assert.equal(await page.locator('#offline-note').count(), 0);
  });
});

test('at most forty pages are kept, the oldest go first', async () => {
  await site(async ({ page, at }) => {
    await page.goto(at('/'));
    await live(page);
    await kept(page, '/');
    const seen = await page.evaluate(async () => {
      const paths = [...Array(45).keys()].map((n) => `/archive/?n=${n}`);
      const links = [...document.querySelectorAll('a[href^="/"]')].map((link) => link.pathname);
      const all = [...new Set([...links, ...paths])].filter((path) => /\/$/.test(path));
      for (const path of all) await fetch(path);
      return all;
    });
    assert.ok(seen.length > 10);
    // More pages than the demo links to: made up from one, as another tab would leave them.
    await page.evaluate(async () => {
      const name = (await caches.keys()).find((one) => one.includes(':pages:'));
      const cache = await caches.open(name);
      for (let n = 0; n < 60; n++) {
        const headers = { 'content-type': 'text/html', 'x-dateline-at': new Date(n).toISOString(), 'x-dateline-size': '10' };
        await cache.put(`/made-up/${n}/`, new Response('x', { headers }));
      }
    });
    await page.evaluate(() => fetch('/archive/'));
    await until(page, async () => {
      const name = (await caches.keys()).find((one) => one.includes(':pages:'));
      const keys = await (await caches.open(name)).keys();
      return keys.filter(({ url }) => !url.endsWith('offline.html')).length <= 40;
    });
    const left = await cached(page, 'pages');
    assert.ok(left.includes('/archive/') && left.includes('/offline.html'), left.join());
    assert.ok(!left.includes('/made-up/0/'), 'the oldest stayed');
  });
});

test('more than twenty megabytes are not kept, and saved stories are never the ones to go', async () => {
  await site(async ({ page, at }) => {
    await page.goto(at(STORY));
    await live(page);
    await kept(page, STORY);
    await page.getByRole('button', { name: 'Save for later', exact: true }).click();
    await page.getByRole('button', { name: 'Saved: remove' }).waitFor();
    const saved = await cached(page, 'saved');
    assert.ok(saved.includes(STORY), saved.join());
    await page.evaluate(async () => {
      const base = '/';
      for (const [kind, count] of [['pictures', 30], ['saved', 30]]) {
        const cache = await caches.open(`dateline:${base}:${kind}:1`);
        for (let n = 0; n < count; n++) {
          const headers = { 'content-type': 'image/png', 'x-dateline-at': new Date(n).toISOString(), 'x-dateline-size': '1000000' };
          await cache.put(`/made-up/${kind}-${n}.png`, new Response('x', { headers }));
        }
      }
    });
    await page.evaluate(() => fetch('/archive/'));
    await until(page, async () => (
      await (await caches.open('dateline:/:pictures:1')).keys()).filter(({ url }) => url.includes('/made-up/')).length < 20);
    const left = await cached(page, 'pictures');
    assert.ok(!left.includes('/made-up/pictures-0.png') && left.includes('/made-up/pictures-29.png'), left.join());
    assert.equal((await cached(page, 'saved')).length, saved.length + 30);
  });
});

test('a saved story is read without a network, with its pictures, and goes when it is removed', async () => {
  await site(async ({ page, context, at }) => {
    await page.goto(at(STORY));
    await live(page);
    await page.waitForFunction(() => navigator.serviceWorker.controller);
    const headline = await page.locator('h1').innerText();
    await page.getByRole('button', { name: 'Save for later', exact: true }).click();
    await page.getByRole('button', { name: 'Saved: remove' }).waitFor();
    await page.goto(at('/saved/'));
    await live(page);
    await page.getByText(/KB on this device/).waitFor();
    assert.deepEqual(await axe(page), []);
    await kept(page, '/saved/');
    // What was merely seen is gone; what was saved is there.
    await page.evaluate(async () => {
      for (const name of await caches.keys()) if (/:(pictures):/.test(name)) await caches.delete(name);
      const pages = await caches.open('dateline:/:pages:1');
      for (const key of await pages.keys()) if (!/offline|saved/.test(key.url)) await pages.delete(key);
    });
    await context.setOffline(true);
    await page.goto(at(STORY));
    assert.equal(await page.locator('h1').innerText(), headline);
    const broken = await page.locator('article img').evaluateAll((images) => images.filter((image) => image.complete && image.naturalWidth === 0).length);
    assert.equal(broken, 0);
    await context.setOffline(false);
    await page.goto(at('/saved/'));
    await live(page);
    await page.getByRole('button', { name: /^Remove: / }).click();
    await page.getByText('There are no saved stories on this device.').waitFor();
    assert.deepEqual(await cached(page, 'saved'), []);
  });
});

test('a picture whose address holds $& and $’ is kept under its own address', async () => {
  const odd = "/pictures/low-$&-$'-$1-tide.png";
  await site(async ({ page, context, dir, at }) => {
    const file = join(dir, STORY, 'index.html');
    const html = await readFile(file, 'utf8');
    const start = html.indexOf('<img', html.indexOf('<article'));
    const end = html.indexOf('>', start) + 1;
    const image = `<img src="${odd.replace('&', '&amp;')}" alt="Low tide" width="90" height="60">`;
    await writeFile(file, html.slice(0, start) + image + html.slice(end));
    await cp(join(dir, 'icon.png'), join(dir, odd));
    await page.goto(at(STORY));
    await live(page);
    await page.getByRole('button', { name: 'Save for later', exact: true }).click();
    await page.getByRole('button', { name: 'Saved: remove' }).waitFor();
    const text = await page.evaluate(async (path) => {
      const name = (await caches.keys()).find((one) => one.includes(':saved:'));
      return (await (await caches.open(name)).match(path)).text();
    }, STORY);
    // Parsed on a page without our policy, which lets nobody do that.
    const copy = await (await context.newPage()).evaluate((text) => {
      const article = new DOMParser().parseFromString(text, 'text/html').querySelector('article');
      const image = article.querySelector('img');
      return { source: new URL(image.getAttribute('src'), 'http://x').pathname, alt: image.alt, images: article.querySelectorAll('img').length, headline: article.querySelector('h1').textContent };
    }, text);
    assert.deepEqual(copy, {
      source: odd, alt: 'Low tide', images: await page.locator('article img').count(), headline: await page.locator('h1').textContent(),
    });
    await context.setOffline(true);
    await page.goto(at(STORY));
    assert.equal(await page.getByRole('img', { name: 'Low tide' }).evaluate((it) => it.complete && it.naturalWidth > 0), true);
  });
});

test('a story that its source withdrew is no longer readable, and the list says so', async () => {
  await site(async ({ page, dir, at }) => {
    await page.goto(at(STORY));
    await live(page);
    await page.getByRole('button', { name: 'Save for later', exact: true }).click();
    await page.getByRole('button', { name: 'Saved: remove' }).waitFor();
    await kept(page, STORY);
    await rm(join(dir, STORY, 'index.html'));
    await page.evaluate((path) => fetch(path), STORY);
    await until(page, async (path) => !(await (await caches.open('dateline:/:pages:1')).match(path)), STORY);
    await writeFile(join(dir, 'withdrawn.json'), JSON.stringify({ version: 1, stories: [{ id: 'x', href: STORY }] }));
    await page.goto(at('/saved/'));
    await live(page);
    await page.getByText('This story was withdrawn').waitFor();
    assert.deepEqual(await cached(page, 'saved'), []);
  });
});

test('a new release’s worker takes over without a reload, clears old caches, and a draft is untouched', async () => {
  await site(async ({ page, dir, at }) => {
    await page.goto(at(STORY));
    await live(page);
    await kept(page, STORY);
    await page.evaluate(() => caches.open('dateline:/:pages:0'));
    const field = page.getByRole('textbox', { name: 'Comment' });
    await field.fill('Half a thought');
    const file = join(dir, 'sw.js');
    await writeFile(file, `${await readFile(file, 'utf8')}\n// the next release\n`);
    await page.evaluate(async () => {
      globalThis.sameDocument = true;
      const changed = new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }));
      await (await navigator.serviceWorker.getRegistration()).update();
      await changed;
    });
    await until(page, async () => !(await caches.keys()).includes('dateline:/:pages:0'));
    assert.equal(await page.evaluate(() => globalThis.sameDocument), true);
    assert.equal(await field.inputValue(), 'Half a thought');
  });
});

test('a deployment without the worker gets rid of it, and broken assets are asked for again', async () => {
  await site(async ({ page, dir, at }) => {
    await page.goto(at(STORY));
    await live(page);
    await kept(page, STORY);
    // What is kept of the app is broken; the page says so to the worker, and the next one works.
    await page.evaluate(async () => {
      const cache = await caches.open('dateline:/:assets:1');
      for (const key of await cache.keys()) {
        if (/\.wasm$/.test(key.url)) await cache.put(key, new Response('broken', { headers: { 'content-type': 'application/wasm' } }));
      }
    });
    await page.reload();
    await until(page, async () => {
      const cache = await caches.open('dateline:/:assets:1');
      for (const key of await cache.keys()) if (/\.wasm$/.test(key.url) && (await (await cache.match(key))?.text()) === 'broken') return false;
      return true;
    });
    await page.reload();
    await live(page);
    await rm(join(dir, 'sw.js'));
    await page.reload();
    await until(page, async () => (await navigator.serviceWorker.getRegistrations()).length === 0);
    await page.goto(at('/'));
    assert.equal(await page.evaluate(() => navigator.serviceWorker.controller), null);
  });
});

/** Builds the demo once more, for a folder of a host. */
const build = (out, base) =>
  promisify(execFile)(PROGRAM, ['prerender', '--app', APP, '--site', join(ROOT, 'public/site.json'), '--out', out, '--base', base]);

test('a site below another one has a worker of its own, and its copies', async () => {
  const prepare = async (dir) => {
    // Each has the policy in its pages; the root's header would be the other's as well.
    await rm(join(dir, '_headers'));
    await build(join(dir, 'paper'), '/paper/');
  };
  await site(async ({ page, context, at }) => {
    await page.goto(at('/'));
    await live(page);
    await kept(page, '/');
    const story = at(`/paper${STORY}`);
    await page.goto(story);
    await live(page);
    await page.waitForFunction(() => navigator.serviceWorker.controller.scriptURL.endsWith('/paper/sw.js'));
    await until(page, async (address) => (await (await caches.open('dateline:/paper/:pages:1')).match(address)) !== undefined, story);
    const headline = await page.locator('h1').innerText();
    // What the other one keeps is not what is read here.
    await page.evaluate(async () => {
      for (const name of await caches.keys()) if (name.startsWith('dateline:/:')) await caches.delete(name);
    });
    await context.setOffline(true);
    await page.goto(story);
    assert.equal(await page.locator('h1').innerText(), headline);
    await page.getByText(/You are offline\./).first().waitFor();
  }, prepare);
});

test('a log-in page of a network is never kept in the place of a page, a saved story or a file', async () => {
  await site(async ({ page, context, dir, at }) => {
    await page.goto(at(STORY));
    await live(page);
    await kept(page, STORY);
    const headline = await page.locator('h1').innerText();
    const file = join(dir, STORY, 'index.html');
    const portal = '<!doctype html><title>Wi-Fi</title><div id="app"></div><h1>Log in to the train’s Wi-Fi</h1>';
    await writeFile(file, portal);
    await writeFile(join(dir, 'assets/odd.html'), portal);
    await page.getByRole('button', { name: 'Save for later', exact: true }).click();
    await page.getByText('Not saved in this browser').first().waitFor();
    assert.deepEqual(await cached(page, 'saved'), []);
    await page.evaluate(() => fetch('/assets/odd.html').then((answer) => answer.text()));
    await page.goto(at(STORY));
    assert.equal(await page.locator('h1').innerText(), 'Log in to the train’s Wi-Fi', 'who is to log in sees it');
    // What is asked for later is kept later.
    await page.goto(at('/about/'));
    await live(page);
    await kept(page, '/about/');
    assert.ok(!(await cached(page, 'assets')).includes('/assets/odd.html'));
    await context.setOffline(true);
    await page.goto(at(STORY));
    assert.equal(await page.locator('h1').innerText(), headline);
  });
});

test('under another base the worker keeps to its folder', async () => {
  const home = await mkdtemp(join(tmpdir(), 'dateline-base-'));
  const out = join(home, 'out');
  await build(out, '/paper/');
  const server = await serveDir(out, { base: '/paper/' });
  try {
    await withPage({ serviceWorkers: 'allow', allow: FAILURES }, async (page, context) => {
      const story = new URL(`/paper${STORY}`, server.url).href;
      await page.goto(story);
      await live(page);
      await kept(page, `/paper${STORY}`);
      const scope = await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).scope);
      assert.equal(new URL(scope).pathname, '/paper/');
      await context.setOffline(true);
      await page.reload();
      await page.getByText(/You are offline\./).first().waitFor();
    });
  } finally {
    server.stop();
    await rm(home, { recursive: true, force: true });
  }
});

test('a story is saved from its card, by mouse or keyboard, and let go again', async () => {
  await site(async ({ page, context, at }) => {
    await page.goto(at('/'));
    await live(page);
    await page.waitForFunction(() => navigator.serviceWorker.controller);
    const card = page.locator('.card-lead');
    const headline = await card.locator('.card-link').innerText();
    const path = await card.locator('.card-link').getAttribute('href');
    const keep = page.getByRole('button', { name: `Save for later: ${headline}`, exact: true });
    assert.equal(await keep.getAttribute('aria-pressed'), 'false');
    await card.locator('.card-link').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await until(page, () => document.querySelector('.card-lead .keep').getAttribute('aria-pressed') === 'true');
    assert.equal(new URL(page.url()).pathname, '/', 'the card was not followed');
    assert.ok((await cached(page, 'saved')).includes(path));
    await context.setOffline(true);
    await page.goto(at(path));
    assert.equal(await page.locator('h1').innerText(), headline);
    await context.setOffline(false);
    await page.goto(at('/'));
    await live(page);
    await until(page, () => document.querySelector('.card-lead .keep').getAttribute('aria-pressed') === 'true');
    assert.deepEqual(await axe(page), []);
    await card.hover();
    await keep.click();
    await until(page, () => document.querySelector('.card-lead .keep').getAttribute('aria-pressed') === 'false');
    assert.ok(!(await cached(page, 'saved')).includes(path));
  });
});

test('on a full disk saving says that it failed; reading and drafts go on', async () => {
  await site(async ({ page, context, at }) => {
    await page.goto(at(STORY));
    await live(page);
    await kept(page, STORY);
    const devtools = await context.newCDPSession(page);
    await devtools.send('Storage.overrideQuotaForOrigin', { origin: new URL(page.url()).origin, quotaSize: 1000 });
    await page.getByRole('button', { name: 'Save for later', exact: true }).first().click();
    await page.getByText('Not saved in this browser').first().waitFor();
    const field = page.getByRole('textbox', { name: 'Comment' });
    await field.scrollIntoViewIfNeeded();
    await page.getByText('Kept on this device').first().waitFor();
    await field.fill('Room for a thought');
    await page.waitForFunction(() => Object.values({ ...localStorage }).some((value) => value.includes('Room for a thought')));
    await page.locator('main a.card-link').first().click();
    await page.waitForFunction((path) => location.pathname !== path && document.activeElement?.tagName === 'H1', STORY);
  });
});
