// A live story: whole without a script; newer updates are asked for politely, offered once, and put
// into the page only when the reader wants them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, eventually, live, painted, paper, url, withPage } from './support.mjs';

const STORY = '/article/surge-night-live/';
/** An hour after the newest update of the demo. */
const NOW = new Date('2026-11-23T05:40:00Z');
const MINUTE = 60_000;
/** Shorter than the limit of a request: an answer on its way must not be late by the page's clock. */
const STEP = 9_000;

const update = (id, more) => ({ id, published: '2026-11-23T05:30:00Z', title: `News ${id}`, html: `<p>Text of ${id}.</p>`, ...more });

/** A source's own address for updates, in `live.url`. */
const SOURCE = 'https://live.example/surge.json';

/** Opens a story with a clock of its own and a host whose answers `next` gives. */
async function open(page, next, wake = async () => {}, story = url(STORY)) {
  const asked = [];
  // The page notes when it asks: by the time its host hears of it, its clock may have been turned.
  await page.addInitScript(() => {
    const own = globalThis.fetch;
    globalThis.asked = { last: 0, flying: 0 };
    globalThis.fetch = (...rest) => {
      if (!/(updates|surge)\.json$/.test(rest[0].url ?? rest[0])) return own(...rest);
      globalThis.asked.last = Date.now();
      globalThis.asked.flying += 1;
      return own(...rest).finally(() => { globalThis.asked.flying -= 1; });
    };
  });
  const answer = async (route) => {
    asked.push(await page.evaluate(() => globalThis.asked.last));
    const told = route.request().url() === SOURCE ? {} : await (await route.fetch()).json();
    const { json = {}, ...more } = next(asked.length, told);
    await route.fulfill({ status: 200, contentType: 'application/json', ...more, body: JSON.stringify(json) });
  };
  // A test may end while the page still asks.
  const unlessGone = (error) => { if (!page.isClosed()) throw error; };
  await page.route(/(updates|surge)\.json$/, (route) => answer(route).catch(unlessGone));
  await page.clock.install({ time: NOW });
  // The part is the press's: it has to be there before its clock is turned.
  const press = page.waitForResponse(/press-.*\.wasm/);
  await page.goto(story);
  await wake();
  await live(page);
  await (await press).finished();
  await page.waitForLoadState('networkidle');
  return asked;
}

/** Lets time pass until the host has been asked so often. */
async function pass(page, asked, times) {
  await eventually(async () => {
    // Time stands still while an answer is on its way: it is not to be late.
    const flying = await page.evaluate(() => globalThis.asked.flying);
    if (asked.length < times && !flying) await page.clock.runFor(STEP);
    return asked.length >= times && !flying;
  });
  await page.clock.runFor(50);
}

const more = (told, ...added) => ({ json: { ...told, updates: [...added, ...told.updates] } });
const offer = (page) => page.getByRole('button', { name: /new update/ });

test('reads whole without JavaScript: newest first, each with its time and address', () =>
  withPage({ javaScriptEnabled: false }, async (page) => {
    await page.goto(url(STORY));
    const times = await page.locator('.update').evaluateAll((all) => all.map((it) => it.dataset.time));
    assert.ok(times.length >= 9);
    assert.deepEqual(times, [...times].sort().reverse());
    const events = page.getByRole('region', { name: 'Key events' }).getByRole('link');
    assert.ok(await events.count() >= 3);
    const fragment = await events.first().getAttribute('href');
    await page.goto(url(STORY + fragment));
    assert.equal(await page.locator(':target').evaluate((it) => it.className), 'update');
    assert.equal(await page.locator(':target .update-time').getAttribute('href'), fragment);
    // No word there promises what only a script can do.
    const said = await page.locator('[data-part="live"]').innerText();
    assert.equal(said.trim(), 'Updates to this story are added here, newest first.');
    assert.equal(await page.locator('[data-part="live"] button').count(), 0);
  }));

test('offers what is new once, moves nothing before it is wanted, then leads there', () => withPage({}, async (page) => {
  const asked = await open(page, (n, told) => (n === 1 ? { json: told }
    : n === 2 ? more(told, update('a', { key: true, html: '<p>Text <script>alert(1)</script><a href="/archive/">there</a></p>' }), update('b'))
      : more(told, update('c'), update('a', { key: true }), update('b'))));
  const said = page.locator('[data-part="live"] [role="status"]');
  await pass(page, asked, 1);
  assert.equal(await offer(page).count(), 0);
  assert.equal(await said.textContent(), '');

  await page.locator('.update').nth(4).scrollIntoViewIfNeeded();
  await painted(page);
  const place = () => page.evaluate(() => [scrollY, document.querySelectorAll('.update')[4].getBoundingClientRect().top, document.documentElement.scrollHeight]);
  const before = await place();
  await pass(page, asked, 2);
  await offer(page).waitFor();
  assert.equal(await offer(page).textContent(), '2 new updates');
  assert.equal(await said.textContent(), '2 new updates');
  assert.deepEqual(await place(), before, 'nothing moves before it is asked for');
  assert.deepEqual(await axe(page), []);

  await pass(page, asked, 3);
  await eventually(async () => (await offer(page).textContent()) === '3 new updates');
  assert.equal(await said.textContent(), '2 new updates', 'what was announced is not announced again');

  const events = await page.locator('.events li').count();
  const updates = await page.locator('.update').count();
  await offer(page).click();
  assert.equal(await page.locator('.update').count(), updates + 3);
  assert.equal(await offer(page).count(), 0);
  assert.equal(await said.textContent(), '');
  const ids = await page.locator('.update').evaluateAll((all) => all.slice(0, 4).map((it) => it.id));
  assert.deepEqual(ids.slice(0, 3), ['update-c', 'update-a', 'update-b']);
  assert.equal(await page.locator('.events li').count(), events + 1);
  assert.equal(await page.locator('.events a').first().getAttribute('href'), '#update-a');
  assert.equal(await page.evaluate(() => document.activeElement.closest('.update')?.id), 'update-c');
  assert.equal(await page.locator('#update-c').evaluate((it) => it.getBoundingClientRect().top >= 0 && it.getBoundingClientRect().top < innerHeight), true);
  assert.equal(await page.locator('#update-c time').textContent(), await page.evaluate(() => new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'UTC' }).format(new Date('2026-11-23T05:30:00Z'))));
  assert.deepEqual(await axe(page), []);
}));

test('updates are untrusted: what is hostile in one never reaches the page', () => withPage({ allow: [/inline event handler/] }, async (page) => {
  const asked = await open(page, (n, told) => more(told, update('x', {
    html: '<p>Words <script>globalThis.hit = 1</script><a href="javascript:alert(1)">a link</a><img src="/pictures/storm-480.png" onload="globalThis.hit = 1"></p></section><iframe srcdoc="<script>1</script>"></iframe>',
  })));
  await pass(page, asked, 1);
  await offer(page).click();
  const html = await page.locator('#update-x').evaluate((it) => it.innerHTML);
  assert.match(html, /Words/);
  assert.doesNotMatch(html, /script|onload|iframe/);
  assert.equal(await page.evaluate(() => globalThis.hit), undefined);
}));

test('a host in trouble is asked less often and not before it said, and a story that ended no more', () =>
  withPage({ allow: [/503/] }, async (page) => {
    const asked = await open(page, (n, told) => (n <= 2 ? { status: 503, headers: { 'Retry-After': '180' } }
      : { json: { ...told, ended: true } }));
    await pass(page, asked, 3);
    const rests = asked.slice(1).map((at, n) => (at - asked[n]) / MINUTE);
    // Three minutes because the host said so, then four because it failed twice.
    assert.ok(rests[0] >= 3 && rests[1] >= 4, `asked again after ${rests.join(' and ')} minutes`);
    await eventually(async () => (await page.locator('[data-part="live"]').textContent()).includes('This live story has ended.'));
    await page.clock.runFor(30 * MINUTE);
    assert.equal(asked.length, 3);
    assert.equal(await page.locator('.update').count() >= 9, true, 'nothing of the story is lost');
  }));

test('nobody asks for a page that is hidden, or for a reader who saves data', async () => {
  await withPage({}, async (page) => {
    const asked = await open(page, (n, told) => ({ json: told }));
    await pass(page, asked, 1);
    const hide = (hidden) => page.evaluate((value) => {
      Object.defineProperty(document, 'hidden', { value, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
    await hide(true);
    await page.clock.runFor(20 * MINUTE);
    assert.equal(asked.length, 1);
    await hide(false);
    await eventually(() => asked.length === 2);
  });
  await withPage({}, async (page) => {
    await page.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: { saveData: true, effectiveType: '4g' } }));
    // Such a reader gets the app with the first key.
    const asked = await open(page, (n, told) => ({ json: told }), () => page.keyboard.press('Shift'));
    await page.clock.runFor(20 * MINUTE);
    assert.equal(asked.length, 0);
  });
});

test('another page loads nothing of this, and leaving ends the questions', () => withPage({}, async (page) => {
  const asked = await open(page, (n, told) => ({ json: told }));
  await pass(page, asked, 1);
  await page.getByRole('link', { name: 'The Harbour Post' }).first().click();
  await page.waitForFunction(() => globalThis.datelinePages > 1);
  await page.clock.runFor(10 * MINUTE);
  assert.equal(asked.length, 1);
}));

/** A paper of one live story; `fn` gets the story's address. */
const surge = ({ text = '', own = {}, config = {} }, fn) => paper([{
  id: '7', title: 'The surge', content_html: text, date_published: '2026-11-22T20:30:00Z',
  date_modified: '2026-11-23T05:00:00Z', _dateline: { kind: 'live', slug: 'surge', ...own },
}], config, (at) => fn(at('article/surge/')));

const NEWEST = { id: '1', published: '2026-11-23T05:00:00Z', title: 'Wind north', html: '<p>Nine.</p>' };

test('a source that open pages may ask is asked itself, without cookies, and the site is not', () =>
  surge({ own: { updates: [NEWEST], live: { url: SOURCE } }, config: { fresh: 'api' } }, (story) =>
    withPage({}, async (page) => {
      const requests = [];
      page.on('request', (request) => /\.json$/.test(request.url()) && requests.push(request));
      const answer = { updates: [update('2', { html: '<p>Ten. <a href="/there/">There</a></p>' }), NEWEST] };
      const asked = await open(page, () => ({ headers: { 'Access-Control-Allow-Origin': '*' }, json: answer }), undefined, story);
      await pass(page, asked, 1);
      await offer(page).click();
      const ids = await page.locator('.update').evaluateAll((all) => all.map((it) => it.id));
      assert.deepEqual(ids, ['update-2', 'update-1']);
      const source = requests.find((request) => request.url() === SOURCE);
      assert.equal((await source.allHeaders()).cookie, undefined);
      assert.deepEqual(requests.filter((request) => request.url().endsWith('/updates.json')), []);
    })));

test('updates that stand in the text are asked for too, and keep their addresses', () =>
  surge({ text: '<p>Before.</p><section class="update" id="b1" data-time="2026-11-23T05:00:00Z"><p>One.</p></section>' }, (story) =>
    withPage({}, async (page) => {
      const asked = await open(page, (n, told) => more(told, update('s-b2')), undefined, story);
      await pass(page, asked, 1);
      assert.equal(await offer(page).textContent(), '1 new update');
      await offer(page).click();
      const ids = await page.locator('.update').evaluateAll((all) => all.map((it) => it.id));
      assert.deepEqual(ids, ['s-b2', 's-b1'], 'as the next build of the page will have them');
    })));
