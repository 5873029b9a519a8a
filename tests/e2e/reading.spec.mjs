// Every page is complete before any script runs: it reads the same without JavaScript, with
// WebAssembly blocked, and with the app running on it.
import assert from 'node:assert/strict';
import test from 'node:test';
import { live, templates, url, withPage } from './support.mjs';

/**
 * The words of the page, but for those that are not the publisher's: `noscript` speaks only to
 * browsers without scripts, what is hidden to nobody, share and reply speak of the running app. A
 * time counts as its moment, because its wording follows the reader's clock.
 */
const content = (page) =>
  page.locator('main').evaluate((main) => {
    const copy = main.cloneNode(true);
    copy.querySelectorAll('noscript, [hidden], .share, form').forEach((element) => element.remove());
    copy.querySelectorAll('time').forEach((time) => (time.textContent = ` ${time.dateTime} `));
    return copy.textContent.replace(/\s+/g, ' ').trim();
  });

for (const [name, path] of await templates()) {
  // The pages of the reader's own things have nothing to say without the reader's storage.
  if (['saved', 'drafts', 'search'].includes(name)) continue;

  test(`${name}: the same words without JavaScript, without WebAssembly and in full`, async () => {
    const plain = await withPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto(url(path));
      const text = await content(page);
      assert.ok(text.length > 0, 'the page is empty without JavaScript');
      return text;
    });
    await withPage({ allow: [/wasm|Dateline|Failed to load|ERR_/i] }, async (page) => {
      await page.route('**/*.wasm', (route) => route.abort());
      await page.goto(url(path), { waitUntil: 'networkidle' });
      assert.equal(await content(page), plain, 'with WebAssembly blocked');
    });
    await withPage({}, async (page) => {
      await page.goto(url(path));
      await live(page);
      assert.equal(await content(page), plain, 'with the app running');
    });
  });
}
