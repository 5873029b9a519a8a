// The widget while it stands on a stranger's page: attributes that change, feeds that are read
// again, colours, directions, paper, and how much of the page moves. `widget.spec.mjs` has the rest.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import test, { after, before } from 'node:test';
import { axe, eventually, painted, url, withPage } from './support.mjs';

const EMBED = url('/embed/embed.js');
const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

let host;
let origin;
/** How often the changing feed was asked for; each answer has one story more. The shorter one has fewer. */
let asked = 0;

const stories = (count) => JSON.stringify({
  version: 'https://jsonfeed.org/version/1.1',
  title: 'Wire',
  language: 'en',
  items: Array.from({ length: count }, (_, n) => ({
    id: String(n), url: `https://a.example/${n}`, title: `Story ${n} with a headline that is long enough for two lines on a telephone`,
    summary: 'What it is about, in a sentence.', image: `${origin}/picture.png`, date_published: '2026-11-20T08:00:00+01:00',
  })),
});

/** A page of somebody else: a paragraph, the widget, and a paragraph that must not move. */
const html = (attributes) => `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
  <title>Somebody else's page</title><link rel="icon" href="data:,"><style>body { font: 16px sans-serif } dateline-widget { display: block }</style>
  <script type="module" src="${EMBED}"></script><main><h1>A page</h1>
  <dateline-widget ${attributes}><a class="fallback" href="https://a.example/">All news</a></dateline-widget><p id="below">After.</p></main></html>`;

before(async () => {
  host = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://host');
    const answer = (type, body) => response.writeHead(200, { 'content-type': type }).end(body);
    if (pathname === '/feed.json') return answer('application/json', stories(12));
    if (pathname === '/changing.json') return answer('application/json', stories(asked += 1));
    if (pathname === '/shorter.json') return answer('application/json', stories(asked++ === 0 ? 5 : 2));
    if (pathname === '/picture.png') return answer('image/png', PIXEL);
    const far = searchParams.has('far') ? '<div style="block-size: 5000px"></div>' : '';
    return answer('text/html; charset=utf-8', html(searchParams.get('with')).replace('<dateline-widget', `${far}<dateline-widget`));
  });
  await new Promise((resolve) => { host.listen(0, '127.0.0.1', resolve); });
  origin = `http://127.0.0.1:${host.address().port}`;
});

after(() => host.close());

const page = (attributes) => `${origin}/?with=${encodeURIComponent(attributes)}`;
const feed = () => `src="${origin}/feed.json"`;
const widget = (tab) => tab.locator('dateline-widget');
const items = (tab) => widget(tab).locator('li');
const root = (tab, property) => widget(tab).evaluate((it, name) => getComputedStyle(it.shadowRoot.querySelector('.root'))[name], property);
const set = (tab, name, value) => widget(tab).evaluate((it, [key, text]) => it.setAttribute(key, text), [name, value]);

test('every attribute of its looks may change while it is read', async () => {
  await withPage({}, async (tab) => {
    await tab.goto(page(feed()));
    await items(tab).first().waitFor();
    assert.equal(await items(tab).count(), 5);
    await set(tab, 'limit', '8');
    await items(tab).nth(7).waitFor();
    await set(tab, 'heading', 'From the wire');
    await widget(tab).getByRole('heading', { level: 2, name: 'From the wire' }).waitFor();
    await set(tab, 'heading-level', '4');
    await widget(tab).getByRole('heading', { level: 4, name: 'From the wire' }).waitFor();
    assert.equal(await widget(tab).getByRole('region', { name: 'From the wire' }).count(), 1);
    assert.equal(await widget(tab).locator('img').count(), 8);
    await set(tab, 'images', 'off');
    await eventually(async () => (await widget(tab).locator('img').count()) === 0);
    await set(tab, 'summary', 'on');
    await widget(tab).locator('[part~=summary]').first().waitFor();
    await set(tab, 'date', 'off');
    await eventually(async () => (await widget(tab).locator('time').count()) === 0);
    await set(tab, 'layout', 'headlines');
    await eventually(() => widget(tab).evaluate((it) => it.shadowRoot.querySelector('ol').className.includes('headlines')));
    await set(tab, 'target', '_blank');
    await eventually(async () => (await items(tab).first().locator('a').getAttribute('target')) === '_blank');
    assert.match(await items(tab).first().locator('a').getAttribute('rel') ?? '', /noopener/);
  });
});

test('the bundle waits until the element nears the screen, unless it is told not to', async () => {
  for (const [loading, early] of [['lazy', false], ['eager', true]]) {
    await withPage({ viewport: { width: 800, height: 600 } }, async (tab) => {
      const asked = [];
      tab.on('request', (request) => asked.push(request.url()));
      const bundle = () => asked.filter((it) => it.endsWith('.wasm')).length;
      await tab.goto(`${page(`${feed()} loading="${loading}"`)}&far=1`);
      await tab.waitForFunction(() => Boolean(customElements.get('dateline-widget')));
      await painted(tab);
      if (early) await eventually(() => bundle() === 1);
      assert.equal(bundle(), early ? 1 : 0, loading);
      await widget(tab).scrollIntoViewIfNeeded();
      await items(tab).first().waitFor();
      assert.equal(bundle(), 1);
    });
  }
});

test('properties are the attributes, both ways', async () => {
  await withPage({}, async (tab) => {
    await tab.goto(page(`${feed()} limit="3"`));
    await items(tab).first().waitFor();
    const said = await widget(tab).evaluate((it) => {
      const names = ['src', 'kind', 'category', 'limit', 'layout', 'images', 'summary', 'date', 'theme', 'lang', 'heading', 'headingLevel', 'target', 'refresh', 'loading'];
      const before = [it.limit, it.headingLevel];
      it.headingLevel = 3;
      it.limit = 4;
      return { missing: names.filter((name) => typeof it[name] !== 'string'), before, after: [it.getAttribute('heading-level'), it.getAttribute('limit')] };
    });
    assert.deepEqual(said, { missing: [], before: ['3', ''], after: ['3', '4'] });
    await items(tab).nth(3).waitFor();
  });
});

test('its language words its dates and turns it round', async () => {
  await withPage({}, async (tab) => {
    await tab.goto(page(`${feed()} date="on" lang="de"`));
    await items(tab).first().waitFor();
    const words = () => widget(tab).locator('time').first().innerText();
    assert.match(await words(), /20\. Nov/);
    assert.equal(await root(tab, 'direction'), 'ltr');
    await set(tab, 'lang', 'ar');
    await eventually(async () => (await root(tab, 'direction')) === 'rtl');
    assert.match(await words(), /نوفمبر/);
    const [text, picture] = await items(tab).first().evaluate((item) => [item.querySelector('.text'), item.querySelector('.picture')].map((it) => it.getBoundingClientRect().left));
    assert.ok(text > picture, 'the text starts at the right, the picture ends at the left');
  });
});

test('its theme is the page’s, the visitor’s, or the one it is told', async () => {
  await withPage({ colorScheme: 'dark' }, async (tab) => {
    await tab.goto(page(`${feed()} theme="auto"`));
    await items(tab).first().waitFor();
    const dark = await root(tab, 'backgroundColor');
    await set(tab, 'theme', 'light');
    const light = await root(tab, 'backgroundColor');
    assert.notEqual(dark, light);
    await set(tab, 'theme', 'dark');
    assert.equal(await root(tab, 'backgroundColor'), dark);
    await set(tab, 'theme', 'inherit');
    assert.equal(await root(tab, 'backgroundColor'), 'rgba(0, 0, 0, 0)');
    for (const theme of ['light', 'dark', 'auto']) {
      await set(tab, 'theme', theme);
      assert.deepEqual(await axe(tab), [], theme);
    }
    await widget(tab).evaluate((it) => it.style.setProperty('--dateline-background', 'rgb(1, 2, 3)'));
    assert.equal(await root(tab, 'backgroundColor'), 'rgb(1, 2, 3)');
  });
});

test('refresh reads the feed again, and not while nobody sees the page', async () => {
  asked = 0;
  await withPage({}, async (tab) => {
    await tab.clock.install();
    await tab.goto(page(`src="${origin}/changing.json" refresh="30" limit="20" loading="eager"`));
    await items(tab).first().waitFor();
    assert.equal(asked, 1);
    await tab.clock.runFor(31_000);
    await items(tab).nth(1).waitFor();
    const seen = (state) => tab.evaluate((value) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => value });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
    await seen('hidden');
    await tab.clock.runFor(600_000);
    assert.equal(asked, 2, 'a hidden page asks nothing');
    await seen('visible');
    await tab.clock.runFor(1000);
    await items(tab).nth(2).waitFor();
    assert.equal(asked, 3, 'what was missed is made up once');
    await widget(tab).evaluate((it) => it.removeAttribute('refresh'));
    await tab.clock.runFor(600_000);
    assert.equal(asked, 3);
  });
});

test('its height is told whenever it changes, to whoever listens outside', async () => {
  await withPage({}, async (tab) => {
    await tab.goto(page(feed()));
    await items(tab).first().waitFor();
    await tab.evaluate(() => { globalThis.heights = []; document.body.addEventListener('dateline-resize', (event) => heights.push(event.detail.height)); });
    await set(tab, 'limit', '10');
    await items(tab).nth(9).waitFor();
    await eventually(() => tab.evaluate(() => Math.abs(heights.at(-1) - document.querySelector('dateline-widget').getBoundingClientRect().height) < 1));
  });
});

test('what its owner changes may make it shorter', async () => {
  await withPage({}, async (tab) => {
    await tab.goto(page(`${feed()} limit="3"`));
    await items(tab).first().waitFor();
    const height = () => widget(tab).evaluate((it) => it.offsetHeight);
    const short = await height();
    for (const [name, more, less] of [['limit', '12', '3'], ['layout', 'cards', 'list'], ['summary', 'on', 'off'], ['heading', 'From the wire', '']]) {
      await set(tab, name, more);
      await eventually(async () => (await height()) > short);
      await set(tab, name, less);
      await eventually(async () => (await height()) === short);
    }
    await set(tab, 'limit', '12');
    await eventually(async () => (await height()) > short);
    await widget(tab).evaluate((it) => Object.assign(it, { limit: 3, src: '/changing.json' }));
    await eventually(async () => (await height()) === short);
  });
});

test('a list shorter than its fallback leaves where it is what stands below', async () => {
  await withPage({}, async (tab) => {
    let answer;
    const gate = new Promise((resolve) => { answer = resolve; });
    await tab.route('**/feed.json', async (route) => {
      await gate;
      await route.continue();
    });
    await tab.goto(page(feed()));
    await tab.addStyleTag({ content: '.fallback { display: block; block-size: 60rem }' });
    await widget(tab).locator('section[aria-busy]').waitFor();
    await set(tab, 'limit', '3');
    const below = () => tab.locator('#below').evaluate((it) => it.getBoundingClientRect().top);
    const before = await below();
    answer();
    await items(tab).nth(2).waitFor();
    assert.equal(await below(), before);
  });
});

test('a list that gets shorter by itself leaves where it is what stands below', async () => {
  asked = 0;
  await withPage({}, async (tab) => {
    await tab.goto(page(`src="${origin}/shorter.json"`));
    // Taller than the element reserves: what the publisher of the page asked for.
    await tab.addStyleTag({ content: 'dateline-widget::part(item) { max-height: none; min-height: 12em }' });
    await items(tab).nth(4).waitFor();
    const below = () => tab.locator('#below').evaluate((it) => it.getBoundingClientRect().top);
    const before = await below();
    await widget(tab).evaluate((it) => it.reload());
    await eventually(async () => (await items(tab).count()) === 2);
    assert.equal(await below(), before);
    await set(tab, 'limit', '3');
    await eventually(async () => (await below()) < before);
  });
});

for (const layout of ['list', 'cards', 'headlines']) {
  for (const [name, more] of [['with pictures', ''], ['without pictures', 'images="off"'], ['with summaries and a heading', 'summary="on" heading="News"']]) {
    for (const width of [360, 1280]) {
      test(`nothing moves at ${width} pixels: ${layout} ${name}`, async () => {
        await withPage({ viewport: { width, height: 1600 } }, async (tab) => {
          await tab.addInitScript(() => {
            globalThis.tops = new Set();
            const look = () => {
              const below = document.querySelector('#below');
              if (below && customElements.get('dateline-widget')) globalThis.tops.add(Math.round(below.getBoundingClientRect().top));
              requestAnimationFrame(look);
            };
            look();
          });
          await tab.goto(page(`${feed()} layout="${layout}" ${more}`));
          await items(tab).nth(4).waitFor();
          await eventually(() => tab.evaluate(() => [...document.querySelector('dateline-widget').shadowRoot.querySelectorAll('img')].every((it) => it.complete)));
          await painted(tab);
          assert.deepEqual(await tab.evaluate(() => [...globalThis.tops].length), 1, 'the paragraph below stayed where it was');
          assert.equal(await tab.evaluate(() => document.scrollingElement.scrollWidth > innerWidth), false, 'nothing sticks out sideways');
        });
      });
    }
  }
}

test('on paper and in forced colours it can be read, and nothing in it moves by itself', async () => {
  await withPage({ reducedMotion: 'reduce' }, async (tab) => {
    await tab.goto(page(feed()));
    await items(tab).first().waitFor();
    assert.deepEqual(await tab.evaluate(() => document.getAnimations().length), 0);
    await tab.emulateMedia({ media: 'print' });
    assert.equal(await widget(tab).locator('.picture').first().isVisible(), false);
    assert.equal(await items(tab).first().isVisible(), true);
    await tab.emulateMedia({ media: 'screen', forcedColors: 'active' });
    const [link, text] = await items(tab).first().evaluate((item) => [getComputedStyle(item.querySelector('a')).color, getComputedStyle(document.body).backgroundColor]);
    assert.notEqual(link, text);
    await items(tab).first().locator('a').focus();
    assert.notEqual(await items(tab).first().evaluate((item) => getComputedStyle(item).outlineStyle), 'none');
  });
});
