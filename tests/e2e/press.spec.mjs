// A site that is not prerendered: the press reads the source in the browser, under a base path,
// page by page, and starts asking before it has itself arrived.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { axe, eventually, held, live, serveDir, withPage } from './support.mjs';

const PRESS = /press-[^/]*\.wasm$/;
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const APP = process.env.DATELINE_APP ?? join(ROOT, 'target/app');
const PROGRAM = process.env.DATELINE_PROGRAM ?? join(ROOT, 'target/release/dateline');

const item = (n) => ({
  id: `story-${n}`,
  url: `https://post.example/article/story-${n}/`,
  title: `Story ${n} of the tide tables`,
  content_html: `<p>Words of story ${n}.</p><p><img src="x" onerror="window.pwned=1"></p>`,
  date_published: new Date(Date.UTC(2026, 9, 30) - n * 3600_000).toISOString(),
  tags: n % 2 ? ['Ferries'] : ['Tides'],
  _dateline: { section: { name: n % 3 ? 'Harbour News' : 'Town', path: n % 3 ? 'harbour' : 'town' } },
});

let site;
/** A shell-only site under /news/: 30 stories in three linked documents. */
async function shellOnly() {
  site ??= (async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dateline-press-'));
    const source = join(folder, 'in');
    const out = join(folder, 'out');
    execFileSync('mkdir', ['-p', source, out]);
    const feed = (n) => ({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'The Post',
      ...(n < 3 && { next_url: `feed-${n + 1}.json` }),
      items: Array.from({ length: 10 }, (_, i) => item((n - 1) * 10 + i + 1)),
    });
    const config = {
      title: 'The Post', url: 'https://post.example/news/', language: 'en-GB',
      source: { kind: 'jsonfeed', url: 'feed.json' }, sections: ['harbour', 'town'], page_size: 12, prerender: false,
    };
    await writeFile(join(source, 'site.json'), JSON.stringify(config));
    await writeFile(join(source, 'feed.json'), JSON.stringify(feed(1)));
    execFileSync(PROGRAM, ['prerender', '--app', APP, '--site', join(source, 'site.json'), '--base', '/news/', '--out', out], { stdio: 'pipe' });
    for (const n of [2, 3]) await writeFile(join(out, `feed-${n}.json`), JSON.stringify(feed(n)));
    return { folder, ...(await serveDir(out, { base: '/news/' })) };
  })();
  return site;
}

after(async () => {
  if (!site) return;
  const { stop, folder } = await site;
  stop();
  await rm(folder, { recursive: true, force: true });
});

// Reading hostile markup inertly is reported by the policy; the picture's host does not exist.
const options = { allow: [/404/, /inline event handler/, /ERR_NAME_NOT_RESOLVED/] };

test('every route is drawn from the source, under the base path', () => withPage(options, async (page) => {
  const { url } = await shellOnly();
  const to = async (path) => {
    await page.goto(new URL(path, url).href);
    await live(page);
    return page.locator('h1').innerText();
  };
  assert.equal(await to(''), 'The Post');
  assert.deepEqual(await page.locator('nav.sections a').allInnerTexts(), ['Harbour News', 'Town']);
  assert.equal(await to('article/story-4/'), 'Story 4 of the tide tables');
  assert.match(await page.locator('.body').innerText(), /Words of story 4/);
  assert.equal(await page.evaluate(() => window.pwned), undefined);
  assert.ok((await page.locator('.related .card').count()) >= 2, 'related posts among what was read');
  assert.equal(await to('article/story-4/related/'), 'Related posts');
  assert.equal(await to('category/harbour/'), 'Harbour News');
  assert.equal(await to('tag/ferries/'), 'Stories about Ferries');
  assert.equal(await to('nothing-here/'), 'Page not found');
  assert.equal(await to('drafts/'), 'Drafts');
}));

for (const [name, answer, words] of [
  ['500', { status: 500, body: 'no' }, /problem of its own/],
  ['a web page', { status: 200, contentType: 'text/html', body: '<!doctype html><p>hello' }, /answers with a web page/],
  ['half a document', { status: 200, contentType: 'application/json', body: '{"version": "https://jsonfeed.org/version/1.1", "items": [{' }, /cannot be shown/],
]) {
  test(`a source that fails is said in plain words, and another try shows it: ${name}`, () =>
    withPage({ allow: [...options.allow, /500/, /Dateline/] }, async (page) => {
      const { url } = await shellOnly();
      await page.route('**/feed.json', (route) => route.fulfill(answer));
      await page.goto(url.href ?? url);
      const again = page.getByRole('link', { name: 'Try again' });
      await again.waitFor();
      const said = await page.locator('main').innerText();
      assert.match(said, words);
      assert.doesNotMatch(said, /hello|undefined|jsonfeed\.org/);
      assert.equal(await page.getByRole('banner').isVisible(), true);
      await page.unroute('**/feed.json');
      await again.click();
      await page.locator('main a.card-link').first().waitFor();
    }));
}

test('a list goes as far back as the source does', () => withPage(options, async (page) => {
  const { url } = await shellOnly();
  await page.goto(new URL('page/3/', url).href);
  await live(page);
  assert.equal(await page.locator('.cards .card').count(), 6, 'the last six of thirty');
  assert.equal(await page.getByRole('link', { name: 'Older stories' }).count(), 0);
  await page.getByRole('link', { name: 'Newer stories' }).click();
  await page.waitForURL(/\/news\/page\/2\/$/);
  await page.waitForFunction(() => document.querySelectorAll('.cards .card').length === 12);
}));

test('a section that the source cannot be asked for grows, and claims no total', () => withPage(options, async (page) => {
  const { url } = await shellOnly();
  await page.goto(new URL('category/harbour/', url).href);
  await live(page);
  assert.match(await page.locator('.list').innerText(), /Among the latest 20 stories/);
  assert.equal(await page.locator('.cards .card').count(), 12);
  assert.equal(await page.locator('nav.pagination').count(), 0, 'no page of so many');
  await page.getByRole('link', { name: 'Load more' }).click();
  await page.waitForFunction(() => document.querySelectorAll('.cards .card').length === 20);
  assert.equal(await page.getByRole('link', { name: 'Load more' }).count(), 0, 'that was all there is');
  assert.equal(await page.locator('#more .card').first().locator('a').first().innerText(), 'Story 19 of the tide tables');
  await page.reload();
  await live(page);
  assert.equal(await page.locator('.cards .card').count(), 20, 'what was loaded has an address');
  await page.goBack();
  await page.waitForFunction(() => document.querySelectorAll('.cards .card').length === 12);
}));

test('links, back and the form work as on a prerendered page', () => withPage(options, async (page) => {
  const { url } = await shellOnly();
  let asked = 0;
  page.on('request', (request) => { asked += request.url().endsWith('/feed.json'); });
  await page.goto(url);
  await live(page);
  const before = asked;
  await page.locator('.card a').first().click();
  await page.waitForSelector('article h1');
  assert.equal(asked, before, 'the list had told the story already');
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'H1');
  await page.getByLabel('Comment').fill('Kept words');
  await page.locator('.saved').waitFor();
  await page.goBack();
  await page.waitForSelector('.strip');
  await page.goForward();
  await page.waitForFunction(() => document.querySelector('textarea')?.value === 'Kept words');
  assert.deepEqual(await axe(page), []);
}));

test('a source that cannot search is searched through to its end, and the page says how many it found', () => withPage(options, async (page) => {
  const { url } = await shellOnly();
  await page.goto(new URL('search/?q=Story%207', url).href);
  await live(page);
  assert.equal(await page.locator('main .card h2').first().innerText(), 'Story 7 of the tide tables');
  await page.getByText('3 stories found').waitFor();
  assert.deepEqual(await axe(page), []);
}));

test('the source is asked before the press has arrived', () => withPage(options, async (page) => {
  const { url } = await shellOnly();
  const order = [];
  page.on('request', (request) => order.push(new URL(request.url()).pathname));
  const come = await held(page, PRESS);
  const asked = page.waitForRequest(/\/news\/feed\.json$/);
  await page.goto(new URL('article/story-2/', url).href, { waitUntil: 'commit' });
  await asked;
  await come();
  assert.equal(await page.locator('h1').innerText(), 'Story 2 of the tide tables');
  assert.equal(order.filter((path) => path.endsWith('/site.json')).length, 1, 'asked for once');
}));

/** The story's headline, and where it stands. */
const place = (page) => page.locator('h1').evaluate((it) => [it.textContent, it.getBoundingClientRect().left, it.getBoundingClientRect().top]);

/** What stands at the top of the page, and where. */
const opening = (page) => page.evaluate(() => [...document.querySelectorAll('.top .card-link')].map((link) => {
  const { left, top } = link.getBoundingClientRect();
  return [link.textContent, link.getAttribute('href'), left, top];
}));

test('an empty shell has its headlines before the press is there, and the press leaves them where they are', () => withPage(options, async (page) => {
  const { url } = await shellOnly();
  const come = await held(page, PRESS);
  await page.goto(url);
  await page.locator('main .card-lead').waitFor();
  const before = await opening(page);
  assert.deepEqual(before.map(([text]) => text), [1, 2, 3, 4].map((n) => `Story ${n} of the tide tables`));
  assert.equal(before[0][1], '/news/article/story-1/');
  assert.match(await page.locator('.card-lead').innerText(), /Words of story 1/);
  assert.equal(await page.getByRole('banner').isVisible(), true);
  assert.deepEqual(await axe(page), []);
  await come();
  const after = await opening(page);
  assert.deepEqual(after.map(([text, href]) => [text, href]), before.map(([text, href]) => [text, href]));
  // Only the day a story is of comes to it, below its words.
  assert.deepEqual(after[0], before[0]);
}));

test('what is pinned or featured leads before the press is there, too', () => withPage(options, async (page) => {
  const { url } = await shellOnly();
  await page.route('**/feed.json', async (route) => {
    const feed = await (await route.fetch()).json();
    feed.items[5]._dateline.featured = true;
    feed.items[7]._dateline.image = { src: 'https://nowhere.invalid/a.jpg', width: 600, height: 400 };
    feed.items[7].image = 'https://nowhere.invalid/a.jpg';
    await route.fulfill({ json: feed });
  });
  const come = await held(page, PRESS);
  await page.goto(url);
  await page.locator('main .card-lead').waitFor();
  const before = await opening(page);
  assert.equal(before[0][0], 'Story 6 of the tide tables');
  await come();
  assert.deepEqual((await opening(page)).map(([text]) => text), before.map(([text]) => text));
}));

test('a headline that is pressed before the press is there leads to its story when it is', () => withPage(options, async (page) => {
  const { url } = await shellOnly();
  const come = await held(page, PRESS);
  await page.goto(url);
  await page.evaluate(() => { globalThis.same = true; });
  await page.locator('main .card-link').nth(1).click();
  assert.equal(page.url(), String(url));
  await come();
  await page.waitForURL(/\/article\/story-2\/$/);
  await page.locator('.body').getByText('Words of story 2').waitFor();
  assert.equal(await page.evaluate(() => globalThis.same), true, 'nothing was loaded anew');
}));

test('where the press cannot come, a headline leads to its address', () => withPage({ allow: [...options.allow, /Dateline|ERR_FAILED/] }, async (page) => {
  const { url } = await shellOnly();
  await page.route(PRESS, (route) => route.abort());
  await page.goto(url);
  await page.getByRole('alert').getByRole('link', { name: 'Reload' }).waitFor();
  assert.equal(await page.locator('[aria-busy]').count(), 0);
  assert.deepEqual(await axe(page), []);
  await page.locator('main .card-link').nth(1).click();
  await page.waitForURL(/\/article\/story-2\/$/);
  assert.equal(await page.locator('h1').innerText(), 'Story 2 of the tide tables');
}));

test('a story of a shell has its headline before the press is there', () => withPage(options, async (page) => {
  const { url } = await shellOnly();
  const come = await held(page, PRESS);
  await page.goto(new URL('article/story-4/', url).href);
  await page.locator('h1').waitFor();
  const before = await place(page);
  assert.equal(before[0], 'Story 4 of the tide tables');
  assert.deepEqual(await axe(page), []);
  await come();
  await page.locator('.body').getByText('Words of story 4').waitFor();
  assert.deepEqual(await place(page), before);
}));

test('a host that gives the front\u2019s shell for a story\u2019s address shows the story', () => withPage(options, async (page) => {
  const { url } = await shellOnly();
  const front = await (await fetch(url)).text();
  await page.route('**/article/story-4/', (route) => route.fulfill({ body: front, contentType: 'text/html; charset=utf-8' }));
  const come = await held(page, PRESS);
  await page.goto(new URL('article/story-4/', url).href);
  await page.locator('h1.headline').waitFor();
  const before = await place(page);
  assert.equal(before[0], 'Story 4 of the tide tables');
  await come();
  await page.locator('.body').getByText('Words of story 4').waitFor();
  assert.deepEqual(await place(page), before);
}));

test('a shell whose source the galley cannot read is the press\u2019s alone', () => withPage({ allow: [...options.allow, /Dateline/] }, async (page) => {
  const { url } = await shellOnly();
  await page.route('**/feed.json', (route) => route.fulfill({ json: { nothing: 'here' } }));
  const come = await held(page, PRESS);
  await page.goto(url);
  await page.waitForLoadState('load');
  await come();
  await page.getByRole('link', { name: 'Try again' }).waitFor();
}));

test('the reading history marks what the press draws', () => withPage(options, async (page) => {
  const { url } = await shellOnly();
  const at = async (path) => {
    await page.goto(new URL(path, url).href);
    await live(page);
  };
  await at('');
  await page.evaluate(() => localStorage.setItem('dateline:1:prefs', '{"history":"on"}'));
  await at('article/story-4/');
  await eventually(async () => /story-4/.test(await page.evaluate(() => localStorage.getItem('dateline:1:history') ?? '')));
  await at('category/harbour/');
  const card = page.locator('.card', { has: page.locator('.card-link[href$="/article/story-4/"]') });
  await eventually(async () => (await card.locator('.history-mark').allTextContents()).join() === 'Read');
  assert.deepEqual(await axe(page), []);
  // And on a page that is drawn after a click.
  await page.getByRole('link', { name: 'The Post' }).first().click();
  await page.waitForFunction(() => globalThis.datelinePages > 1);
  await eventually(async () => (await page.locator('.card', { has: page.locator('.card-link[href$="/article/story-4/"]') }).first().locator('.history-mark').allTextContents()).join() === 'Read');
}));
