// Where the widget stands: parents that give it a width, parents that ask it for one, and style
// sheets that mean every element. `widget.spec.mjs` has the rest.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import test, { after, before } from 'node:test';
import { eventually, painted, url, withPage } from './support.mjs';

const EMBED = url('/embed/embed.js');
const TEXT = 'The ferry runs again from Monday on, with two boats in the morning and one at night. '.repeat(6);

let host;
let origin;

const feed = () => JSON.stringify({
  version: 'https://jsonfeed.org/version/1.1',
  title: 'Wire',
  language: 'en',
  items: Array.from({ length: 8 }, (_, n) => ({
    id: String(n), url: `https://a.example/${n}`, title: `Story ${n} with a headline that is long enough for two lines on a telephone`,
    summary: 'What it is about, in a sentence.', date_published: '2026-11-20T08:00:00+01:00',
  })),
});

before(async () => {
  host = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://host');
    const answer = (type, body) => response.writeHead(200, { 'content-type': type }).end(body);
    if (pathname === '/feed.json') return answer('application/json', feed());
    return answer('text/html; charset=utf-8', `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
      <title>Somebody else's page</title><link rel="icon" href="data:,"><script type="module" src="${EMBED}"></script><style>body { margin: 1rem }</style>${searchParams.get('body')}`);
  });
  await new Promise((resolve) => { host.listen(0, '127.0.0.1', resolve); });
  origin = `http://127.0.0.1:${host.address().port}`;
});

after(() => host.close());

const widget = (attributes = '', fallback = 'All news') =>
  `<dateline-widget src="${origin}/feed.json" loading="eager" ${attributes}><a href="https://a.example/">${fallback}</a></dateline-widget>`;

/** Opens a page of this body; gives what its widgets measure at each width of the window when the stories are there. */
async function measured(body, windows) {
  return withPage({ viewport: { width: windows[0], height: 900 } }, async (tab) => {
    await tab.goto(`${origin}/?body=${encodeURIComponent(body)}`);
    await tab.waitForFunction(() => [...document.querySelectorAll('dateline-widget')].every((it) => it.shadowRoot?.querySelector('li')));
    const found = [];
    for (const width of windows) {
      await tab.setViewportSize({ width, height: 900 });
      await painted(tab);
      found.push(await tab.evaluate(() => ({
        sideways: document.scrollingElement.scrollWidth - innerWidth,
        widgets: [...document.querySelectorAll('dateline-widget')].map((it) => {
          const widths = (name) => [...it.shadowRoot.querySelectorAll(name)].map((part) => Math.round(part.getBoundingClientRect().width));
          return { width: Math.round(it.getBoundingClientRect().width), items: Math.max(...widths('li')), links: Math.min(...widths('a[part=link]')) };
        }),
      })));
    }
    return found;
  });
}

// The measure is 20em of the widget's own text, never less than 8em.
const [MOST, LEAST] = [320, 128];

/** Parents that ask what stands in them how wide it is; where text beside it wants the room as well, it gives way. */
const PARENTS = {
  'a flex row': (it) => `<div style="display: flex">${it}</div>`,
  'a flex row beside main': (it) => `<div style="display: flex; gap: 1rem"><main style="flex: 1">${TEXT}</main>${it}</div>`,
  'an aside beside main': (it) => `<div style="display: flex; gap: 1rem"><main style="flex: 1">${TEXT}</main><aside>${it}</aside></div>`,
  'a flex row beside long text': (it) => `<div style="display: flex; gap: 1rem"><p>${TEXT}</p>${it}</div>`,
  'a centred flex column': (it) => `<div style="display: flex; flex-direction: column; align-items: center"><h1>Blog</h1>${it}</div>`,
  'a float': (it) => `<div style="float: right">${it}</div><p>${TEXT}</p>`,
  'an inline block': (it) => `<div style="display: inline-block">${it}</div><p>${TEXT}</p>`,
  'a cell of a table': (it) => `<table><tr><td>${TEXT}</td><td>${it}</td></tr></table>`,
  'an automatic column of a grid': (it) => `<div style="display: grid; grid-template-columns: 1fr auto; gap: 1rem"><p>${TEXT}</p>${it}</div>`,
  'the middle of a grid': (it) => `<div style="display: grid; place-items: center; min-height: 20rem">${it}</div>`,
  'a column as wide as what is in it': (it) => `<div style="display: flex; flex-wrap: wrap"><div style="flex: 0 0 auto; max-width: 100%">${it}</div></div>`,
  'a float of its own': (it) => `<style>dateline-widget { float: inline-start }</style>${it}<p>${TEXT}</p>`,
};

for (const [name, parent] of Object.entries(PARENTS)) {
  test(`it is as wide as a column of news in ${name}`, async () => {
    const found = await measured(parent(widget()), [1000, 360]);
    for (const { widgets: [{ width, items, links }], sideways } of found) {
      assert.ok(width >= LEAST && width <= MOST, `${width} pixels`);
      assert.equal(items, width);
      assert.ok(links > 0);
      assert.equal(sideways, 0);
    }
    if (!/text|table/.test(name)) assert.equal(found[0].widgets[0].width, MOST);
  });
}

test('a column narrower than its measure holds it', async () => {
  const columns = [[100, ''], [200, ''], [200, 'display: flex'], [200, 'display: flex; flex-direction: column'], [200, 'display: grid; place-items: center']];
  for (const layout of ['list', 'cards', 'headlines']) {
    const body = columns.map(([width, parent]) => `<div style="inline-size: ${width}px; ${parent}">${widget(`layout="${layout}" summary="on"`)}</div>`).join('');
    const [{ widgets, sideways }] = await measured(body, [360]);
    assert.deepEqual(widgets.map((it) => [it.width, it.items]), columns.map(([width]) => [width, width]), layout);
    assert.equal(sideways, 0);
  }
});

test('an ordinary block is filled from edge to edge', async () => {
  const body = ['', 'display: flex; flex-direction: column', 'display: grid'].map((parent) => `<div style="${parent}">${widget('limit="2"')}</div>`).join('');
  const windows = [1000, 360];
  for (const [at, { widgets, sideways }] of (await measured(body, windows)).entries()) {
    const room = windows[at] - 32;
    assert.deepEqual(widgets.map((it) => [it.width, it.items]), Array(3).fill([room, room]));
    assert.equal(sideways, 0);
  }
});

test('the fallback has the same width, so that nothing moves sideways when stories come', async () => {
  await withPage({ viewport: { width: 1000, height: 900 } }, async (tab) => {
    let answer;
    const gate = new Promise((resolve) => { answer = resolve; });
    await tab.route('**/feed.json', async (route) => {
      await gate;
      await route.continue();
    });
    await tab.goto(`${origin}/?body=${encodeURIComponent(PARENTS['an aside beside main'](widget('', TEXT)))}`);
    const width = () => tab.locator('dateline-widget').evaluate((it) => it.getBoundingClientRect().width);
    await eventually(async () => (await width()) === MOST);
    assert.equal(await tab.locator('dateline-widget > a').isVisible(), true);
    answer();
    await tab.locator('dateline-widget li').first().waitFor();
    assert.equal(await width(), MOST);
  });
});

test('its cards measure their column, whatever the page says of every element', async () => {
  for (const rule of ['all: unset', 'all: unset !important', 'container-type: normal', 'container-type: normal !important', 'container: none', 'contain: none !important']) {
    const column = `<style>* { ${rule} } title, style, script { display: none } #column { display: block !important; inline-size: 300px !important }</style>`;
    const [{ widgets: [{ width, items }] }] = await measured(`${column}<div id="column">${widget('layout="cards"')}</div>`, [1000]);
    assert.deepEqual({ width, items }, { width: 300, items: 300 }, rule);
  }
});
