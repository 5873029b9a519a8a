// What goes wrong between a reader and the newsroom while they read: links that lead nowhere, hosts
// that fail, releases that change under an open page. Never blank, never stuck, always a way on.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import test from 'node:test';
import { chromium } from 'playwright-core';
import { ARGS, countPages, eventually, live, painted, until, url, withPage } from './support.mjs';

const STORY = '/article/kittiwake-crosses-to-hesk/';
const QUIET = { allow: [/Failed to load resource|net::ERR|Dateline:/] };

/** A category page that is alive, and its first story's link. */
async function list(page) {
  await page.goto(url('/category/harbour/'));
  await live(page);
  const link = page.locator('main a.card-link').first();
  return { link, path: await link.getAttribute('href') };
}

for (const [name, fail] of [
  ['the network is gone', (route) => route.abort()],
  ['the host answers 500', (route) => route.fulfill({ status: 500, body: 'no' })],
]) {
  test(`${name} on a click: said in plain words with a way to try again, and the paper stays around it`, async () => {
    await withPage(QUIET, async (page) => {
      const { link, path } = await list(page);
      await page.route(`**${path}`, fail);
      await link.click();
      const again = page.getByRole('link', { name: 'Try again' });
      await again.waitFor();
      assert.equal(page.url(), url(path));
      assert.equal(await page.getByRole('banner').isVisible(), true);
      assert.equal(await page.locator('h1').count(), 1);
      assert.equal(await page.title(), 'This page cannot be shown');
      assert.equal(await page.locator('link[rel=canonical]').count(), 0);
      assert.equal(await page.evaluate(() => document.activeElement.closest('main') && document.activeElement.textContent), 'This page cannot be shown');
      await page.unroute(`**${path}`);
      await again.click();
      await page.locator('article h1').waitFor();
      await live(page);
      await page.goBack();
      await page.locator('main a.card-link').first().waitFor();
    });
  });
}

test('a link to a story that is no more leads to the designed page, with its status', async () => {
  await withPage(QUIET, async (page) => {
    await page.goto(url(STORY));
    await live(page);
    await page.evaluate(() => { document.querySelector('.body p').innerHTML = '<a id="gone" href="/article/nobody-wrote-this/">gone</a>'; });
    const answers = [];
    page.on('response', (response) => answers.push([new URL(response.url()).pathname, response.status()]));
    await page.locator('#gone').click();
    await page.getByRole('heading', { level: 1, name: /not found|nobody|no such/i }).waitFor();
    assert.ok(answers.some(([path, status]) => path === '/article/nobody-wrote-this/' && status === 404));
    assert.ok((await page.locator('main a[href^="/article/"]').count()) > 0, 'the latest stories are offered');
  });
});

test('an answer that is no page of this site is left to the browser', async () => {
  await withPage(QUIET, async (page) => {
    const { link, path } = await list(page);
    await page.route(`**${path}`, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: '<!doctype html><title>Wi-Fi</title><h1>Log in to the train’s Wi-Fi</h1>' }));
    await link.click();
    await page.getByRole('heading', { name: 'Log in to the train’s Wi-Fi' }).waitFor();
    assert.equal(page.url(), url(path));
  });
});

test('an app whose files are gone leaves a page that reads, links and pages', async () => {
  await withPage(QUIET, async (page) => {
    await page.route('**/assets/app-*', (route) => route.fulfill({ status: 404, body: 'gone' }));
    await page.goto(url(STORY), { waitUntil: 'networkidle' });
    assert.ok((await page.locator('.body').innerText()).length > 500);
    assert.equal(await page.getByRole('button', { name: /comment/i }).first().isDisabled(), true);
    await page.locator('main a.card-link').first().click();
    await page.locator('article h1').waitFor();
    assert.notEqual(page.url(), url(STORY));
  });
});

test('an app that is broken from the start leaves the text where it is, and the links', async () => {
  await withPage({ allow: [/.*/] }, async (page) => {
    await page.route('**/assets/app-*.wasm', (route) => route.fulfill({ contentType: 'application/wasm', body: Buffer.from('0061736d01000000', 'hex') }));
    await page.goto(url(STORY), { waitUntil: 'networkidle' });
    assert.ok((await page.locator('.body').innerText()).length > 500);
    await page.locator('main a.card-link').first().click();
    await page.locator('article h1').waitFor();
  });
});

/**
 * Lets a test end the app as a fault of ours would: from `trap()` on, whatever it asks of the
 * browser traps in the middle of its work.
 */
const trapWhenTold = () => {
  let trapping = false;
  globalThis.trap = (is) => { trapping = is; };
  const real = WebAssembly.instantiateStreaming;
  WebAssembly.instantiateStreaming = (source, imports) => {
    for (const functions of Object.values(imports)) {
      for (const [name, body] of Object.entries(functions)) {
        if (typeof body !== 'function') continue;
        functions[name] = (...given) => {
          if (trapping) throw new WebAssembly.RuntimeError('unreachable');
          return body(...given);
        };
      }
    }
    return real.call(WebAssembly, source, imports);
  };
};

test('a trap in the app leaves the page, says so with a way to load it anew, and gives links and Back to the browser', async () => {
  await withPage({ allow: [/unreachable|Dateline:/] }, async (page) => {
    await page.addInitScript(trapWhenTold);
    await page.goto(url('/category/harbour/'));
    await live(page);
    await page.locator('main a.card-link').first().click();
    await page.locator('article h1').waitFor();
    await live(page);
    const words = await page.locator('.body').innerText();
    await page.evaluate(() => { globalThis.sameDocument = true; globalThis.trap(true); });
    // The click itself meets the trap: the browser follows the link, or the next one.
    await page.evaluate(() => document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })));
    await page.evaluate(() => globalThis.trap(false));
    const said = page.getByRole('alert');
    await said.waitFor();
    assert.match(await said.innerText(), /stopped working.*Reload/s);
    assert.equal(await page.locator('.body').innerText(), words);
    const box = await said.boundingBox();
    assert.ok(box.y + box.height <= page.viewportSize().height, 'it is in sight');

    await page.goBack();
    await page.locator('h1', { hasText: 'Harbour' }).waitFor();
    assert.equal(await page.evaluate(() => globalThis.sameDocument), undefined, 'the browser loaded it');
    await live(page);
    await page.locator('main a.card-link').first().click();
    await page.locator('article h1').waitFor();
  });
});

test('after a trap every link of the page is followed by the browser', async () => {
  await withPage({ allow: [/unreachable|Dateline:/] }, async (page) => {
    await page.addInitScript(trapWhenTold);
    await page.goto(url(STORY));
    await live(page);
    await page.evaluate(() => {
      globalThis.sameDocument = true;
      globalThis.trap(true);
      document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
      globalThis.trap(false);
    });
    await page.getByRole('alert').waitFor();
    await page.locator('main a.card-link').first().click();
    await until(page, () => globalThis.sameDocument === undefined && document.querySelector('article h1'));
    assert.notEqual(page.url(), url(STORY));
  });
});

/** The comment form's field, near the reader, and its button, which is enabled once the desk has come. */
async function form(page) {
  await page.locator('[data-part="comments"]').scrollIntoViewIfNeeded();
  const button = page.locator('[data-part="comments"] [type=submit]');
  return { field: page.getByRole('textbox', { name: 'Comment' }), alive: () => button.isEnabled() };
}

/** The words of the drafts that the desk has stored. */
const drafts = (page) => page.evaluate(() => Object.entries(localStorage).filter(([name]) => name.startsWith('dateline:1:draft:')).map(([, value]) => JSON.parse(value).text));

test('a bundle that the host has no more is told of as a newer edition, once, and nothing typed is lost', async () => {
  await withPage(QUIET, async (page) => {
    await page.route('**/assets/desk-*', (route) => route.fulfill({ status: 404, body: 'gone' }));
    await page.goto(url(STORY));
    await live(page);
    const { field, alive } = await form(page);
    const said = page.getByRole('alert');
    await said.waitFor();
    assert.match(await said.innerText(), /newer edition.*Reload/s);
    await field.pressSequentially('Twenty minutes of my life');
    assert.equal(await said.count(), 1);
    for (const there of [false, true]) {
      if (there) await page.unroute('**/assets/desk-*');
      await page.evaluate(() => { globalThis.sameDocument = true; });
      await said.getByRole('link').click();
      await until(page, () => globalThis.sameDocument === undefined && globalThis.datelinePages > 0);
      assert.equal(await field.inputValue(), 'Twenty minutes of my life');
      // No reader has to come near: what stands in the field is the desk's business.
      if (!there) await said.waitFor();
    }
    await eventually(alive);
    await eventually(async () => (await drafts(page)).join() === 'Twenty minutes of my life');
    // From here on it is the desk's, and what the desk removes does not come back.
    assert.deepEqual(await page.evaluate(() => Object.keys(sessionStorage).filter((name) => name.includes(':typed:'))), []);
  });
});

test('words typed where no desk is stay with their story, also for a reader who goes on within the app', async () => {
  await withPage(QUIET, async (page) => {
    await page.route('**/assets/desk-*', (route) => route.fulfill({ status: 503, body: 'busy' }));
    await page.goto(url(STORY));
    await live(page);
    const { field } = await form(page);
    await field.pressSequentially('Of the kittiwake');
    await page.locator('main a.card-link').first().click();
    await until(page, (path) => location.pathname !== path && globalThis.datelinePages > 1, STORY);
    if (await field.count()) assert.equal(await field.inputValue(), '');
    await page.goBack();
    await until(page, (path) => location.pathname === path && globalThis.datelinePages > 2, STORY);
    assert.equal(await field.inputValue(), 'Of the kittiwake');
  });
});

test('a desk that a busy host could not give is asked for again by what is typed, and stores it', async () => {
  await withPage(QUIET, async (page) => {
    const busy = page.waitForResponse((response) => /\/assets\/desk-/.test(response.url()) && response.status() === 503);
    await page.route('**/assets/desk-*', (route) => route.fulfill({ status: 503, body: 'busy' }));
    await page.goto(url(STORY));
    await live(page);
    const { field, alive } = await form(page);
    await busy;
    await field.pressSequentially('Patience');
    assert.equal(await page.getByRole('alert').count(), 0, 'no newer edition is claimed');
    await page.unroute('**/assets/desk-*');
    await eventually(async () => {
      await field.press('.');
      return alive();
    });
    const words = await field.inputValue();
    assert.match(words, /^Patience\.+$/);
    await eventually(async () => (await drafts(page)).join() === words);
  });
});

test('where no desk is and nothing can be kept, leaving asks', async () => {
  await withPage(QUIET, async (page) => {
    await page.addInitScript(() => Object.defineProperty(globalThis, 'sessionStorage', { get() { throw new DOMException('blocked', 'SecurityError'); } }));
    await page.route('**/assets/desk-*', (route) => route.fulfill({ status: 404, body: 'gone' }));
    await page.goto(url(STORY));
    await live(page);
    const { field } = await form(page);
    await field.pressSequentially('Not to be lost');
    const asked = page.waitForEvent('dialog');
    const reload = page.getByRole('alert').getByRole('link').click();
    const question = await asked;
    assert.equal(question.type(), 'beforeunload');
    await question.dismiss();
    await reload;
    assert.equal(await field.inputValue(), 'Not to be lost');
  });
});

// Where nothing at all was there the browser's preloads answer once more with what it remembers.
for (const [what, lacks, pages] of [['all assets', /^\/assets\//, 2], ['the app', /^\/assets\/app-.*(js|wasm)$/, 1], ['the app’s script', /^\/assets\/app-.*js$/, 1], ['the desk', /^\/assets\/desk-/, 1]]) {
  test(`a host that lacked ${what} for a moment and let browsers remember it for a year: it is asked again`, async () => {
    let lacking = true;
    const host = await behind((request, response, has, body) => {
      if (!lacking || !lacks.test(request.url)) return head(response, has).end(body);
      response.writeHead(404, { 'content-type': 'text/html', 'cache-control': 'public, max-age=31536000, immutable' });
      response.end('Not found');
    });
    try {
      await withPage(QUIET, async (page) => {
        await page.goto(host.url + STORY, { waitUntil: 'networkidle' });
        await form(page);
        await page.waitForLoadState('networkidle');
        lacking = false;
        for (let n = 0; n < pages; n++) await page.goto(host.url + STORY, { waitUntil: 'networkidle' });
        await live(page);
        const { alive } = await form(page);
        await eventually(alive);
      });
    } finally {
      host.stop();
    }
  });
}

test('without a network no newer edition is claimed', async () => {
  await withPage(QUIET, async (page) => {
    // The second time past the browser's memory.
    const tried = page.waitForEvent('requestfailed', (request) => /\/assets\/desk-.*js$/.test(request.url()) && request.resourceType() === 'fetch');
    await page.route('**/assets/desk-*', (route) => route.abort());
    await page.goto(url(STORY));
    await live(page);
    await page.locator('[data-part="comments"]').scrollIntoViewIfNeeded();
    await tried;
    await painted(page);
    assert.equal(await page.getByRole('alert').count(), 0);
  });
});

test('a slow answer is announced as busy and shifts nothing, then the page is there', async () => {
  await withPage({}, async (page) => {
    const { link, path } = await list(page);
    let open;
    const gate = new Promise((resolve) => { open = resolve; });
    await page.route(`**${path}`, async (route) => {
      await gate;
      await route.continue();
    });
    await link.click();
    await eventually(async () => (await page.locator('#app').getAttribute('aria-busy')) === 'true');
    assert.ok((await page.locator('main').innerText()).length > 0, 'the old page stays until the new one is there');
    open();
    await page.locator('article h1').waitFor();
    assert.equal(await page.locator('#app').getAttribute('aria-busy'), null);
  });
});

test('the page registers nothing that keeps a browser from keeping it for Back', async () => {
  await withPage({}, async (page) => {
    await page.addInitScript(() => {
      globalThis.listened = [];
      const add = EventTarget.prototype.addEventListener;
      EventTarget.prototype.addEventListener = function listen(kind, ...rest) {
        if (this === window) globalThis.listened.push(kind);
        return add.call(this, kind, ...rest);
      };
    });
    await page.goto(url(STORY));
    await live(page);
    const listened = await page.evaluate(() => globalThis.listened);
    assert.ok(listened.length > 0);
    assert.deepEqual(listened.filter((kind) => ['unload', 'beforeunload'].includes(kind)), []);
  });
});

test('Back shows the page as it was left, alive, from the browser’s own memory of it', async () => {
  // Playwright switches that memory off.
  const own = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ARGS,
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
  try {
    const page = await (await own.newContext({ serviceWorkers: 'block' })).newPage();
    await page.addInitScript(countPages);
    await page.goto(url(STORY));
    await live(page);
    await page.evaluate(() => {
      globalThis.kept = [];
      addEventListener('pageshow', (event) => globalThis.kept.push(event.persisted));
      scrollTo(0, 900);
    });
    const before = await page.evaluate(() => scrollY);
    await page.goto(url('/feed.json'));
    await page.goBack({ waitUntil: 'commit' });
    await until(page, () => globalThis.kept?.length > 0);
    assert.deepEqual(await page.evaluate(() => globalThis.kept), [true]);
    assert.equal(await page.evaluate(() => scrollY), before);
    // Its links still lead on within the app.
    await page.locator('main a.card-link').first().click();
    await page.locator('article h1').waitFor();
    await until(page, () => globalThis.datelinePages > 1);
    assert.ok(await page.evaluate(() => globalThis.kept.length === 1), 'the same document');
  } finally {
    await own.close();
  }
});

test('a card whose picture cannot be had keeps its room and shows no sign of it, early or late', async () => {
  await withPage(QUIET, async (page) => {
    await page.goto(url('/'));
    const rooms = () => page.locator('.card-picture img').evaluateAll((all) => all.slice(0, 3).map((it) => Math.round(it.getBoundingClientRect().height)));
    const whole = await rooms();
    await page.route(/\.(png|webp|svg)$/, (route) => route.fulfill({ status: 404, body: 'none' }));
    await page.goto(url('/'));
    await live(page);
    const lead = page.locator('.card-picture img').first();
    const last = page.locator('.card-picture img').last();
    const visibility = (image) => image.evaluate((it) => getComputedStyle(it).visibility);
    await eventually(async () => (await visibility(lead)) === 'hidden');
    assert.deepEqual(await rooms(), whole);
    // One that is fetched when it nears the screen.
    assert.equal(await visibility(last), 'visible');
    await last.scrollIntoViewIfNeeded();
    await eventually(async () => (await visibility(last)) === 'hidden');
  });
});

/** The site behind a host of the test's own: `answer` passes on what the site has, or not. */
async function behind(answer) {
  const server = createServer(async (request, response) => {
    const has = await fetch(new URL(request.url, url('/'))).catch(() => null);
    // The test is over.
    if (!has) return response.destroy();
    answer(request, response, has, Buffer.from(await has.arrayBuffer()));
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return { url: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() };
}

const head = (response, has) => response.writeHead(has.status, { 'content-type': has.headers.get('content-type') ?? 'text/plain' });

/** The site behind a line that stalls where `line.at` says, within the page at `line.path`. */
async function stalling() {
  const line = { path: '', at: 0 };
  const host = await behind((request, response, has, body) => {
    head(response, has);
    if (request.url !== line.path) return response.end(body);
    response.write(body.subarray(0, line.at));
    setTimeout(() => response.end(body.subarray(line.at)), 300);
  });
  return { line, ...host };
}

for (const [width, height] of [[360, 740], [1280, 720]]) {
  test(`a line that stalls within masthead or cards is not seen to move them, ${width} wide`, async () => {
    const host = await stalling();
    try {
      for (const path of ['/', STORY]) {
        const html = await (await fetch(url(path))).text();
        // Within the masthead, and of the front within its first cards.
        const places = ['class="masthead-title', 'class="tool tool-menu', 'class="sections'];
        if (path === '/') places.push('class="card-excerpt', 'class="meta', 'class="seconds', 'class="card card-plain');
        for (const place of places) {
          const at = html.indexOf(place);
          assert.ok(at > 0, `${path} has ${place}`);
          Object.assign(host.line, { path, at: Buffer.byteLength(html.slice(0, at)) });
          await withPage({ viewport: { width, height } }, async (page) => {
            await page.addInitScript(() => {
              globalThis.shift = 0;
              new PerformanceObserver((list) => { for (const entry of list.getEntries()) globalThis.shift += entry.value; }).observe({ type: 'layout-shift', buffered: true });
            });
            await page.goto(host.url + path, { waitUntil: 'load' });
            await painted(page);
            assert.equal(await page.evaluate(() => globalThis.shift), 0, `${path} stalled at ${place}`);
          });
        }
      }
    } finally {
      host.stop();
    }
  });
}
