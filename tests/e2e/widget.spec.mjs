// The widget on strangers' pages: host pages are served from another port than the newsroom, so
// everything the element needs crosses origins as it does in life.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import test, { after, before } from 'node:test';
import { createRequire } from 'node:module';
import { axe, eventually, paper, SITE, url, withPage as opened } from './support.mjs';

const EMBED = url('/embed/embed.js');
const LATEST = url('/embed/latest.json');
const SITE_ORIGIN = new URL(SITE).origin;
const page = (name) => readFile(new URL(`hosts/${name}.html`, import.meta.url), 'utf8');

// React comes as CommonJS only: a few lines make modules of what a bundler would.
const require = createRequire(import.meta.url);
const FILES = { 'react': 'react/cjs/react.production.js', 'react-dom': 'react-dom/cjs/react-dom.production.js', 'react-dom-client': 'react-dom/cjs/react-dom-client.production.js', 'scheduler': 'scheduler/cjs/scheduler.production.js' };
const commonJs = async (name) => {
  const home = require.resolve(`${FILES[name].split('/')[0]}/package.json`).replace(/package\.json$/, '');
  const text = await readFile(home + FILES[name].split('/').slice(1).join('/'), 'utf8');
  const needs = [...new Set([...text.matchAll(/require\("([a-z-]+)"\)/g)].map(([, it]) => it))];
  return `${needs.map((it, at) => `import n${at} from './${it}.js';`).join('\n')}
    const process = { env: { NODE_ENV: 'production' } }, module = { exports: {} }, exports = module.exports;
    const require = (name) => ({ ${needs.map((it, at) => `'${it}': n${at}`).join(', ')} })[name];
    ${text}
    export default module.exports;`;
};

const ATTACKS = {
  version: 'https://jsonfeed.org/version/1.1',
  title: '<img src=x onerror="window.hit=1">',
  items: [
    { id: '1', url: 'https://a.example/1', title: '<script>window.hit=1</script>', summary: '<svg onload="window.hit=1">' },
    { id: '2', url: 'javascript:window.hit=1', title: 'A link that is none' },
    { id: '3', url: 'https://a.example/3', title: '"><img src=x onerror=window.hit=1>', image: 'javascript:window.hit=1', content_html: '<img src=x onerror="window.hit=1">' },
  ],
};
// The demo's pictures have the address that the newsroom will have; here they come from its build.
const withPage = (options, fn) => opened(options, async (tab, context) => {
  await context.route('https://news.example/**', async (route) => {
    const { pathname } = new URL(route.request().url());
    const answer = await fetch(url(pathname));
    await route.fulfill({ status: answer.status, contentType: answer.headers.get('content-type') ?? '', body: Buffer.from(await answer.arrayBuffer()) });
  });
  return fn(tab, context);
});
const RSS = `<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>
  <item><title>From the wire &amp; back</title><link>https://a.example/wire</link></item></channel></rss>`;

/** More than the element reads of an answer. */
const LARGE = 'news '.repeat(1 << 20);

let host;
let origin;
let asked = [];

before(async () => {
  host = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://host');
    asked.push(pathname);
    const answer = (status, type, body, headers = {}) => {
      response.writeHead(status, { 'content-type': type, ...headers });
      response.end(body);
    };
    if (pathname === '/attacks.json') return answer(200, 'application/json', JSON.stringify(ATTACKS));
    if (pathname === '/feed.xml') return answer(200, 'application/rss+xml', RSS);
    if (pathname === '/large.xml') return answer(200, 'application/rss+xml', RSS.replace('</channel>', `<item><title>${LARGE}</title></item></channel>`));
    if (pathname === '/large.json') return answer(200, 'application/json', JSON.stringify({ ...ATTACKS, description: LARGE }));
    if (pathname === '/broken.json') return answer(200, 'application/json', '{"version":');
    const script = /^\/(react|react-dom|react-dom-client|scheduler)\.js$/.exec(pathname)?.[1];
    if (script) return answer(200, 'text/javascript', await commonJs(script));
    if (pathname === '/missing.json') return answer(404, 'text/plain', 'no');
    const name = pathname.slice(1);
    if (!/^[a-z]+$/.test(name)) return answer(404, 'text/plain', 'no');
    const html = (await page(name)).replaceAll('EMBED', EMBED).replaceAll('LATEST', LATEST);
    const policy = name === 'strict'
      ? { 'content-security-policy': `default-src 'none'; script-src ${SITE_ORIGIN} 'wasm-unsafe-eval'; connect-src ${SITE_ORIGIN} 'self'; img-src https: ${SITE_ORIGIN}; style-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'` }
      : {};
    answer(200, 'text/html; charset=utf-8', html, policy);
  });
  await new Promise((resolve) => host.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${host.address().port}`;
});

after(() => host.close());

const links = (where) => where.locator('dateline-widget a[part=link]');

test('two lines show the latest headlines, and links lead to the newsroom', async () => {
  await withPage({}, async (tab) => {
    await tab.goto(`${origin}/plain`);
    await links(tab).first().waitFor();
    assert.equal(await links(tab).count(), 5);
    assert.equal(await tab.locator('dateline-widget .fallback').isVisible(), false);
    assert.deepEqual(await axe(tab), []);
  });
});

test('nothing moves while the stories arrive', async () => {
  await withPage({}, async (tab) => {
    await tab.goto(`${origin}/plain`);
    await links(tab).first().waitFor();
    const shift = await tab.evaluate(() => new Promise((resolve) => {
      new PerformanceObserver((list) => resolve(list.getEntries().reduce((sum, it) => sum + it.value, 0))).observe({ type: 'layout-shift', buffered: true });
      requestAnimationFrame(() => requestAnimationFrame(() => resolve(0)));
    }));
    assert.equal(shift, 0);
  });
});

test('style sheets that unset everything do not reach in', async () => {
  await withPage({}, async (tab) => {
    await tab.goto(`${origin}/hostile`);
    await links(tab).first().waitFor();
    const look = await links(tab).first().evaluate((link) => {
      const style = getComputedStyle(link);
      return { size: parseFloat(style.fontSize), weight: style.fontWeight, direction: style.direction };
    });
    assert.deepEqual(look, { size: 16, weight: '600', direction: 'ltr' });
    assert.equal(await tab.locator('dateline-widget').evaluate((it) => getComputedStyle(it).display), 'block');
  });
});

test('a strict policy with Trusted Types and no policy for us still shows headlines', async () => {
  await withPage({}, async (tab) => {
    await tab.goto(`${origin}/strict`);
    await links(tab).first().waitFor();
    assert.equal(await links(tab).count(), 5);
    // Feeds in XML are read without the browser's parser, which this policy lends nobody.
    await tab.evaluate((src) => { document.querySelector('dateline-widget').src = src; }, `${origin}/feed.xml`);
    await tab.locator('dateline-widget').getByText('From the wire & back').waitFor();
  });
});

test('inside a React page it follows what React renders, and its events are heard', async () => {
  await withPage({}, async (tab) => {
    await tab.goto(`${origin}/react`);
    await links(tab).first().waitFor();
    assert.equal(await links(tab).count(), 2);
    assert.equal(await tab.locator('#said').innerText(), 'loaded 2');
    await tab.locator('#more').click();
    await tab.waitForFunction(() => document.querySelector('dateline-widget').shadowRoot.querySelectorAll('li').length === 3);
    await tab.locator('#gone').click();
    assert.equal(await tab.locator('dateline-widget').count(), 0);
  });
});

test('three widgets of two sources share one bundle and one request a feed', async () => {
  await withPage({}, async (tab) => {
    const requests = [];
    tab.on('request', (request) => requests.push(request.url()));
    await tab.goto(`${origin}/three`);
    await tab.waitForFunction(() => [...document.querySelectorAll('dateline-widget')].every((it) => it.shadowRoot.querySelector('a')));
    const of = (pattern) => requests.filter((it) => pattern.test(it)).length;
    assert.equal(of(/\.wasm$/), 1);
    assert.equal(of(/latest\.json$/), 1);
    assert.equal(of(/feed\.xml$/), 1);
  });
});

test('attacks in a feed are text', async () => {
  await withPage({ allow: [/404/, /ERR_/] }, async (tab) => {
    await tab.goto(`${origin}/plain`);
    await tab.evaluate((src) => { document.querySelector('dateline-widget').src = src; }, `${origin}/attacks.json`);
    await tab.locator('dateline-widget').getByText('<script>window.hit=1</script>').waitFor();
    assert.equal(await links(tab).count(), 2);
    assert.equal(await tab.evaluate(() => window.hit), undefined);
  });
});

for (const [feed, code] of [['broken.json', 'broken'], ['large.json', 'too-large'], ['missing.json', 'status'], ['plain', 'not-a-feed']]) {
  test(`a feed that fails (${code}) gives the fallback back and says why`, async () => {
    await withPage({ allow: [/404/] }, async (tab) => {
      await tab.goto(`${origin}/plain`);
      await links(tab).first().waitFor();
      const said = await tab.evaluate((src) => new Promise((resolve) => {
        const widget = document.querySelector('dateline-widget');
        document.addEventListener('dateline-error', (event) => resolve(event.detail.code));
        widget.src = src;
      }), `${origin}/${feed}`);
      assert.equal(said, code);
      assert.equal(await tab.locator('dateline-widget .fallback').isVisible(), true);
    });
  });
}

test('of a feed in XML that is too large the first stories are shown', async () => {
  await withPage({}, async (tab) => {
    await tab.goto(`${origin}/plain`);
    await tab.evaluate((src) => { document.querySelector('dateline-widget').src = src; }, `${origin}/large.xml`);
    await tab.locator('dateline-widget').getByText('From the wire & back').waitFor();
  });
});

/** Notes the codes of what goes wrong, from before the page's first script. */
const codes = async (tab) => {
  await tab.addInitScript(() => {
    globalThis.codes = [];
    document.addEventListener('dateline-error', (event) => globalThis.codes.push(event.detail.code));
  });
  return () => tab.evaluate(() => globalThis.codes);
};

for (const [name, answer] of [
  ['cannot be reached', (route) => route.abort()],
  ['is out of service', (route) => route.fulfill({ status: 503, headers: { 'access-control-allow-origin': '*' } })],
  ['is not one', (route) => route.fulfill({ contentType: 'application/wasm', headers: { 'access-control-allow-origin': '*' }, body: 'wasm?' })],
]) {
  test(`a bundle that ${name} leaves the fallback, says so, and is asked for again`, async () => {
    await withPage({ allow: [/ERR_FAILED/, /503/] }, async (tab) => {
      const said = await codes(tab);
      await tab.route(/\.wasm$/, answer, { times: 1 });
      await tab.goto(`${origin}/plain`);
      await eventually(async () => (await said()).length > 0);
      assert.deepEqual(await said(), ['bundle']);
      const widget = tab.locator('dateline-widget');
      assert.equal(await widget.locator('.fallback').isVisible(), true);
      await widget.evaluate((it) => it.reload());
      await links(tab).first().waitFor();
    });
  });
}

test('what stops the bundle while it writes is told, and what stood there stays', async () => {
  await withPage({}, async (tab) => {
    const said = await codes(tab);
    const widget = tab.locator('dateline-widget');
    // The page's own scripts break what every script builds nodes with, and mend it.
    const broken = (yes) => tab.evaluate((it) => {
      if (it) document.createElement = () => { throw new Error('not on this page'); };
      else delete document.createElement;
    }, yes);
    let answer;
    const gate = new Promise((resolve) => { answer = resolve; });
    await tab.route('**/latest.json', async (route) => {
      await gate;
      await route.continue();
    });
    await tab.goto(`${origin}/plain`);
    await widget.locator('section[aria-busy]').waitFor();
    await broken(true);
    answer();
    await eventually(async () => (await said()).length > 0);
    assert.equal(await widget.locator('.fallback').isVisible(), true);
    assert.equal(await widget.locator('section[aria-busy]').count(), 0);
    await broken(false);
    await widget.evaluate((it) => it.reload());
    await links(tab).first().waitFor();
    await broken(true);
    await widget.evaluate((it) => { it.limit = 3; });
    await eventually(async () => (await said()).length > 1);
    assert.equal(await links(tab).count(), 5);
    await broken(false);
    await widget.evaluate((it) => { it.limit = 2; });
    await eventually(async () => (await links(tab).count()) === 2);
    assert.deepEqual(await said(), ['bundle', 'bundle']);
  });
});

test('a select may be taken over by the page', async () => {
  await withPage({}, async (tab) => {
    await tab.goto(`${origin}/plain`);
    await links(tab).first().waitFor();
    await tab.evaluate(() => document.addEventListener('dateline-select', (event) => { event.preventDefault(); window.selected = event.detail.url; }));
    await links(tab).first().click();
    assert.match(await tab.evaluate(() => window.selected), /^https?:/);
    assert.equal(new URL(tab.url()).origin, origin);
  });
});

test('a burst of attributes is one update, and a move keeps the list', async () => {
  await withPage({}, async (tab) => {
    await tab.goto(`${origin}/plain`);
    await links(tab).first().waitFor();
    const { updates, same, after } = await tab.evaluate(async () => {
      const widget = document.querySelector('dateline-widget');
      const list = () => widget.shadowRoot.querySelector('ol');
      let updates = 0;
      const watch = new MutationObserver((records) => { updates += records.filter((it) => [...it.addedNodes].some((node) => node.localName === 'ol')).length; });
      watch.observe(widget.shadowRoot, { childList: true, subtree: true });
      for (const limit of [1, 2, 3, 4]) widget.limit = limit;
      await new Promise(requestAnimationFrame);
      const kept = list();
      document.body.append(widget);
      await new Promise(requestAnimationFrame);
      return { updates, same: kept === list(), after: kept.children.length };
    });
    assert.deepEqual({ updates, same, after }, { updates: 1, same: true, after: 4 });
  });
});

test('a thousand mounts and removals leave nothing behind', async () => {
  await withPage({}, async (tab) => {
    await tab.addInitScript(() => {
      const { instantiateStreaming, instantiate } = WebAssembly;
      const keep = (answer) => answer.then((it) => { globalThis.memory = (it.instance ?? it).exports.memory; return it; });
      WebAssembly.instantiateStreaming = (...rest) => keep(instantiateStreaming(...rest));
      WebAssembly.instantiate = (...rest) => keep(instantiate(...rest));
    });
    await tab.goto(`${origin}/plain`);
    await links(tab).first().waitFor();
    const client = await tab.context().newCDPSession(tab);
    const mounts = (count) => tab.evaluate(async ([src, times]) => {
      for (let n = 0; n < times; n += 1) {
        const widget = document.createElement('dateline-widget');
        widget.setAttribute('loading', 'eager');
        widget.setAttribute('src', src);
        const loaded = new Promise((resolve) => widget.addEventListener('dateline-load', resolve));
        document.body.append(widget);
        await loaded;
        widget.remove();
      }
    }, [LATEST, count]);
    const heap = async () => {
      await client.send('HeapProfiler.collectGarbage');
      const { nodes } = await client.send('Memory.getDOMCounters');
      const { usedSize } = await client.send('Runtime.getHeapUsage');
      return { nodes, usedSize, memory: await tab.evaluate(() => globalThis.memory.buffer.byteLength) };
    };
    await mounts(50);
    const before = await heap();
    await mounts(1000);
    const after = await heap();
    assert.ok(after.nodes - before.nodes < 500, `${after.nodes - before.nodes} nodes more after a thousand mounts`);
    assert.ok(before.memory > 0);
    assert.equal(after.memory, before.memory, 'the bundle’s memory');
    assert.ok(after.usedSize - before.usedSize < 1_000_000, `${after.usedSize - before.usedSize} bytes more after a thousand mounts`);
  });
});

test('the page /embed/ shows what is chosen and hands over the snippet', async () => {
  await withPage({ permissions: ['clipboard-read', 'clipboard-write'] }, async (tab) => {
    await tab.goto(url('/embed/'));
    await links(tab).first().waitFor();
    await tab.getByLabel('layout').selectOption('cards');
    await tab.getByLabel('limit').selectOption('3');
    await tab.getByLabel('heading').fill('From the "quay"');
    await tab.waitForFunction(() => document.querySelector('dateline-widget').shadowRoot.querySelectorAll('.cards li').length === 3);
    assert.equal(await tab.locator('dateline-widget').getByRole('heading').innerText(), 'From the "quay"');
    const snippet = await tab.locator('[data-configurator] code').innerText();
    assert.match(snippet, /src="https:\/\/news\.example\/embed\/v1\/embed\.js"/);
    assert.match(snippet, /layout="cards" limit="3" heading="From the &quot;quay&quot;"/);
    await tab.getByRole('button', { name: 'Copy' }).click();
    await tab.getByText('✓').waitFor();
    assert.equal(await tab.evaluate(() => navigator.clipboard.readText()), snippet);
    assert.deepEqual(await axe(tab), []);
  });
});

test('the snippet says what sections and papers are called, and nothing they say becomes markup in it', async () => {
  const name = 'Quay\n"><img src=x onerror=hit()>\tand <b>"pier"</b>';
  const items = [{ id: '1', url: 'https://post.example/article/a/', title: 'A', content_html: '<p>A.</p>', _dateline: { section: { path: 'quay', name } } }];
  await paper(items, { title: 'The "Post" & <b>more' }, async (at) => {
    const parts = (tab) => tab.locator('[data-configurator] code').evaluate((code) => {
      const inside = new DOMParser().parseFromString(code.textContent, 'text/html');
      const widget = inside.querySelector('dateline-widget');
      return [[...inside.querySelectorAll('head > *, body *')].map((it) => it.localName).join(' '), new URL(widget.getAttribute('src')).origin, widget.textContent.trim()];
    });
    const wanted = ['script dateline-widget a', 'https://post.example', 'The "Post" & <b>more'];
    await withPage({ allow: [/./], bypassCSP: true, javaScriptEnabled: false }, async (tab) => {
      await tab.goto(at('embed/'));
      assert.deepEqual(await parts(tab), wanted, 'as it stands in the page');
    });
    await withPage({ allow: [/./], bypassCSP: true }, async (tab) => {
      // Builds clean names and paths; the form is to hold where one did not.
      await tab.route('**/embed/', async (route) => {
        const answer = await route.fetch();
        const odd = 'data-sections="x&quot;>&lt;img src=x onerror=hit()>\tOdd\n';
        await route.fulfill({ response: answer, body: (await answer.text()).replace('data-sections="', odd) });
      });
      await tab.goto(at('embed/'));
      const choices = tab.getByLabel('src').locator('option');
      await choices.first().waitFor({ state: 'attached' });
      const files = await choices.evaluateAll((all) => all.map((it) => it.value));
      assert.equal(files.length, 3, files.join());
      for (const file of files) {
        await tab.getByLabel('src').selectOption(file);
        assert.deepEqual(await parts(tab), wanted, file);
      }
    });
  });
});

test('the footer leads to the configurator, and it is alive however one got there', async () => {
  await withPage({}, async (tab) => {
    await tab.goto(url('/'));
    await tab.waitForFunction(() => globalThis.datelinePages > 0);
    await tab.getByRole('contentinfo').getByRole('link', { name: 'Our headlines on your site' }).click();
    await tab.waitForURL('**/embed/');
    await links(tab).first().waitFor();
    await tab.getByLabel('limit').selectOption('3');
    await tab.waitForFunction(() => document.querySelector('dateline-widget').shadowRoot.querySelectorAll('li').length === 3);
  });
});

test('addresses below /embed/v1/ answer with the same loader and the same files', async () => {
  await withPage({}, async (tab) => {
    await tab.goto(url('/embed/latest.html'));
    assert.ok(await tab.locator('li a').count() > 5, 'the list for frames needs no script');
    const same = async (name) => {
      const [one, other] = await Promise.all([`/embed/${name}`, `/embed/v1/${name}`].map(async (it) => (await fetch(url(it))).text()));
      assert.equal(one, other);
      assert.ok(Buffer.byteLength(one) <= 6144, `${name} is ${Buffer.byteLength(one)} bytes`);
    };
    await same('latest.json');
    await same('harbour.json');
    await tab.goto(`${origin}/plain`);
    await tab.evaluate((src) => import(src), url('/embed/v1/embed.js'));
    await links(tab).first().waitFor();
  });
});
