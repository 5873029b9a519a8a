// axe finds nothing on any kind of page, in light and in dark, before and after the app has started.
import assert from 'node:assert/strict';
import test from 'node:test';
import { axe, live, templates, url, withPage } from './support.mjs';

for (const [name, path] of await templates()) {
  for (const colorScheme of ['light', 'dark']) {
    test(`${name}, ${colorScheme}: no violations`, async () => {
      await withPage({ colorScheme }, async (page) => {
        await page.goto(url(path));
        await live(page);
        assert.deepEqual(await axe(page), []);
      });
    });
  }

  test(`${name}: nothing sticks out sideways at 320 pixels`, async () => {
    await withPage({ viewport: { width: 320, height: 640 } }, async (page) => {
      await page.goto(url(path));
      const [shown, scrolled] = await page.evaluate(() => {
        const { clientWidth, scrollWidth } = document.documentElement;
        return [clientWidth, scrollWidth];
      });
      assert.ok(scrolled <= shown, `the page is ${scrolled} wide on a screen of ${shown}`);
    });
  });
}
