// Search as one types: found, marked, filtered, shared by its address, and small.
import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import test from 'node:test';
import { axe, eventually, live, serveDir, url, withPage } from './support.mjs';
import { archive, index } from './search-support.mjs';
import { distance, excerpt, mark, meant, split } from '../../public/app/search.js';

const words = (query) => split(query).map(({ word, open }) => (open ? `${word}…` : word));

test('a query is split as the index was: folded, in pairs where no spaces are set, open at its end', () => {
  assert.deepEqual(words('Tide GAU'), ['tide', 'gau…']);
  assert.deepEqual(words('café crème '), ['cafe', 'creme']);
  assert.deepEqual(words('港の朝市'), ['港の', 'の朝', '朝市']);
  assert.deepEqual(words('港'), ['港…']);
  assert.deepEqual(words('الإِسْكَنْدَرِيَّة'), ['الاسكندرية…']);
  assert.deepEqual(words('a – ?'), []);
});

test('a mistyped word becomes the commonest word near it, and a strange one stays', () => {
  assert.equal(distance('harbor', 'harbour', 2), 1);
  assert.equal(distance('ferrt', 'ferry', 2), 1);
  assert.equal(distance('freey', 'ferry', 1), 2);
  assert.equal(meant('lighthose', ['harbour', 'lighthouse', 'light']), 'lighthouse');
  assert.equal(meant('zzzz', ['harbour', 'ferry']), null);
});

test('every second piece of a marked text is what was asked for, whatever its accents', () => {
  assert.deepEqual(mark('The Café, again', new Set(['cafe'])), ['The ', 'Café', ', again']);
  assert.deepEqual(mark('港の朝市が', new Set(['港の', 'の朝', '朝市'])), ['', '港の朝市', 'が']);
  assert.deepEqual(mark('<b>', new Set(['b'])), ['<', 'b', '>']);
});

test('the excerpt is the sentence that says it, else the summary', () => {
  const text = 'Nothing here. Nor here.\nThe ferry sails at six. It is late.';
  assert.equal(excerpt('A summary.', text, new Set(['ferry'])).join(''), 'The ferry sails at six. It is late.');
  assert.equal(excerpt('A summary.', text, new Set(['boat'])).join(''), 'A summary.');
});

test('stories are found while one types, with marks, a spoken count and the search in the address', async () => {
  await withPage({}, async (page) => {
    await page.goto(url('/search/'));
    await live(page);
    const field = page.getByRole('searchbox');
    await field.pressSequentially('ferry');
    const results = page.locator('.results > li');
    await results.first().waitFor();
    assert.ok((await results.count()) > 3);
    const marked = await page.locator('.results mark').allInnerTexts();
    assert.ok(marked.length > 0 && marked.every((text) => /^ferr/i.test(text)), marked.join());
    await page.waitForURL(/\?q=ferry$/);
    await page.getByRole('status').filter({ hasText: /stories found/ }).waitFor();
    assert.deepEqual(await axe(page), []);
  });
});

test('an address with a search opens with its results, and Back comes back to them', async () => {
  await withPage({}, async (page) => {
    await page.goto(url('/search/?q=lighthouse'));
    await live(page);
    const first = page.locator('.results a').first();
    await first.waitFor();
    assert.equal(await page.getByRole('searchbox').inputValue(), 'lighthouse');
    const headline = await first.innerText();
    await first.click();
    await page.getByRole('heading', { level: 1, name: headline }).waitFor();
    await page.goBack();
    await page.locator('.results a', { hasText: headline }).waitFor();
  });
});

test('Back to a search finds the place among what was found', async () => {
  await withPage({ viewport: { width: 412, height: 600 } }, async (page) => {
    await page.goto(url('/search/?q=tide'));
    await live(page);
    const link = page.locator('.results a').last();
    await link.scrollIntoViewIfNeeded();
    const [href, y] = [await link.getAttribute('href'), await page.evaluate(() => scrollY)];
    assert.ok(y > 600, String(y));
    await link.click();
    await page.waitForURL(url(href));
    await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
    await page.goBack();
    await eventually(() => page.evaluate((path) => document.activeElement.matches(`.results a[href="${path}"]`), href));
    await eventually(async () => Math.abs((await page.evaluate(() => scrollY)) - y) < 2);
  });
});

test('Back to a search shows as many as were shown', async () => {
  await withPage({ viewport: { width: 412, height: 600 } }, async (page) => {
    await page.goto(url('/search/?q=the'));
    await live(page);
    const results = page.locator('.results > li');
    await results.nth(9).waitFor();
    await page.getByRole('button', { name: 'Show more' }).click();
    await results.nth(14).waitFor();
    const [count, link] = [await results.count(), results.nth(14).getByRole('link').first()];
    const href = await link.getAttribute('href');
    await link.click();
    await page.waitForURL(url(href));
    await page.goBack();
    await eventually(() => page.evaluate((path) => document.activeElement.matches(`.results a[href="${path}"]`), href));
    assert.equal(await results.count(), count);
    await page.getByRole('searchbox').fill('harbour');
    await eventually(async () => (await results.count()) === 10);
  });
});

test('the arrow keys lead from the field through the stories and back', async () => {
  await withPage({}, async (page) => {
    await page.goto(url('/search/?q=tide'));
    await live(page);
    await page.locator('.results a').nth(1).waitFor();
    await page.getByRole('searchbox').focus();
    const focused = () => page.evaluate(() => document.activeElement.textContent || document.activeElement.id);
    const headlines = await page.locator('.results a').allInnerTexts();
    await page.keyboard.press('ArrowDown');
    assert.equal(await focused(), headlines[0]);
    await page.keyboard.press('ArrowDown');
    assert.equal(await focused(), headlines[1]);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    assert.equal(await focused(), 'q');
  });
});

test('a section narrows the search, and the address says so', async () => {
  await withPage({}, async (page) => {
    await page.goto(url('/search/?q=the'));
    await live(page);
    const sections = page.getByRole('combobox', { name: 'Section' });
    await sections.waitFor();
    const all = await page.locator('.results .card-names').allInnerTexts();
    await sections.selectOption({ label: all.at(-1) });
    await page.waitForURL(/section=/);
    await page.waitForFunction((name) => {
      const names = [...document.querySelectorAll('.results .card-names')].map((one) => one.textContent);
      return names.length > 0 && names.every((one) => one === name);
    }, all.at(-1));
  });
});

test('a mistyped word is put right and said so; nonsense finds nothing and says that', async () => {
  await withPage({}, async (page) => {
    await page.goto(url('/search/?q=lighthuose'));
    await live(page);
    await page.getByText('Showing stories about “lighthouse”.').waitFor();
    await page.getByRole('searchbox').fill('zqzqzqzq');
    await page.getByText('Nothing found for “zqzqzqzq”.').waitFor();
  });
});

test('without JavaScript the form leads to this page, which has the latest stories', async () => {
  await withPage({ javaScriptEnabled: false }, async (page) => {
    await page.goto(url('/search/'));
    await page.getByRole('searchbox').fill('ferry');
    await page.getByRole('button', { name: 'Search' }).click();
    assert.match(page.url(), /\/search\/\?q=ferry$/);
    await page.locator('main .card').first().waitFor();
  });
});

test('without a network the search says so, and finds again when there is one', async () => {
  await withPage({ allow: [/Failed to load|ERR_INTERNET|Failed to fetch|dynamically imported/] }, async (page, context) => {
    await page.goto(url('/search/'));
    await live(page);
    await page.waitForLoadState('networkidle');
    await context.setOffline(true);
    await page.getByRole('searchbox').fill('ferry');
    await page.getByText('could not be', { exact: false }).or(page.getByText('cannot be', { exact: false })).first().waitFor();
    assert.equal(await page.getByRole('searchbox').inputValue(), 'ferry');
    await context.setOffline(false);
    await page.getByRole('searchbox').fill('ferry b');
    await page.locator('.results > li').first().waitFor();
  });
});

test('no page but the search loads the search', async () => {
  await withPage({}, async (page) => {
    const asked = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(url('/'));
    await live(page);
    assert.deepEqual(asked.filter((path) => /search/.test(path)), []);
  });
});

test('ten thousand stories: a query transfers less than 300 KB and answers within 100 ms', async () => {
  const { out, stories } = await archive(10_000);
  const server = await serveDir(out);
  try {
    await withPage({ allow: [/favicon/] }, async (page, context) => {
      const devtools = await context.newCDPSession(page);
      await devtools.send('Network.enable');
      let bytes = 0;
      devtools.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
      await page.goto(new URL('/search/', server.url).href);
      await live(page);
      // The search's own code is no part of a query: it comes once and is cached.
      const fetched = () => performance.getEntriesByType('resource').some(({ name }) => /desk-[^/]*\.wasm$/.test(name));
      await page.waitForFunction(fetched);
      await page.waitForLoadState('networkidle');
      const before = bytes;
      const asked = stories[500].title.split(' ').slice(1, 4).join(' ');
      await page.getByRole('searchbox').fill(asked);
      await page.locator('.results > li').first().waitFor();
      await page.waitForLoadState('networkidle');
      assert.ok(bytes - before < 300_000, `${bytes - before} bytes for ${asked}`);
      const took = await page.evaluate(async (words) => {
        const times = [];
        for (let n = 0; n < 5; n++) {
          const from = performance.now();
          await globalThis.datelineSearch('/', words, '{"limit":10}');
          times.push(performance.now() - from);
        }
        return times.sort((a, b) => a - b)[2];
      }, asked);
      assert.ok(took < 100, `${took} ms`);
      console.log(`search in 10,000 stories: ${bytes - before} bytes, ${took.toFixed(1)} ms`);
    });
  } finally {
    server.stop();
    await rm(dirname(out), { recursive: true, force: true });
  }
});

for (const [language, story, query, marked] of [
  ['ja', { title: '港の朝市が再開', text: '漁師たちは港の朝市に戻ってきた。観光客も多い。' }, '朝市', '朝市'],
  ['ar', { title: 'عودة السوق إلى الميناء', text: 'فَتَحَ السُّوقُ أبوابه صباح الأحد قرب الميناء القديم.' }, 'ميناء', 'الميناء'],
]) {
  test(`a newspaper in ${language} is searched as its readers write`, async () => {
    const { out } = await index(language, [story, { title: 'ABC', text: 'Something else.' }]);
    const server = await serveDir(out);
    try {
      // A site without an icon.
      await withPage({ allow: [/favicon/] }, async (page) => {
        await page.goto(new URL(`/search/?q=${encodeURIComponent(query)}`, server.url).href);
        await live(page);
        await page.locator('.results > li').first().waitFor();
        assert.equal(await page.locator('.results > li').count(), 1);
        assert.ok((await page.locator('.results mark').allInnerTexts()).includes(marked));
        assert.deepEqual(await axe(page), []);
      });
    } finally {
      server.stop();
      await rm(dirname(out), { recursive: true, force: true });
    }
  });
}
