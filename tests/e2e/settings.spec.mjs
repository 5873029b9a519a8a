// Reading settings: chosen in a dialog, there before the first paint, kept on the device only.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OUT, axe, live, url, withPage } from './support.mjs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

const story = async () => `/article/${(await readdir(join(OUT, 'article'))).sort()[0]}/`;
const root = (page) => page.evaluate(() => ({ ...document.documentElement.dataset, size: getComputedStyle(document.documentElement).fontSize }));

test('a theme and a size are shown at once, kept, there before the first paint, and reset', () => withPage({}, async (page) => {
  await page.goto(url('/'));
  await live(page);
  const button = page.getByRole('button', { name: 'Reading settings' });
  await button.click();
  const dialog = page.getByRole('dialog', { name: 'Reading settings' });
  await dialog.getByRole('radio', { name: 'Dark' }).check();
  await dialog.getByRole('radio', { name: 'Larger', exact: true }).check();
  assert.deepEqual((({ theme, size }) => ({ theme, size }))(await root(page)), { theme: 'dark', size: '21px' });
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  assert.equal(await page.evaluate(() => document.activeElement?.textContent?.includes('Aa')), true, 'focus returns to the button');

  // A slow start: before any bundle has come the choice is painted already.
  await page.route(/\.wasm$/, (route) => setTimeout(() => route.continue().catch(() => {}), 1500));
  await page.goto(url(await story()), { waitUntil: 'commit' });
  await page.waitForSelector('h1');
  const early = await page.evaluate(() => ({
    live: document.documentElement.dataset.app ?? '',
    theme: document.documentElement.dataset.theme,
    paper: getComputedStyle(document.documentElement).backgroundColor,
  }));
  assert.deepEqual(early, { live: '', theme: 'dark', paper: 'rgb(15, 23, 34)' });

  await page.waitForSelector('html[data-app="live"]');
  await page.getByRole('button', { name: 'Reading settings' }).click();
  await page.getByRole('button', { name: 'Reset' }).click();
  assert.equal((await root(page)).theme, undefined);
  assert.equal(await page.getByRole('radio', { name: 'As the device' }).isChecked(), true);
  assert.equal(await page.evaluate(() => localStorage.getItem('dateline:1:prefs')), null);
}));

test('pictures wait for a tap, or for their button, where the reader wants it so', () => withPage({}, async (page) => {
  await page.goto(url('/article/three-plates-for-a-town/'));
  await live(page);
  await page.evaluate(() => localStorage.setItem('dateline:1:prefs', '{"pictures":"tap"}'));
  await page.reload();
  await page.waitForSelector('html[data-app="live"]');
  const lead = page.locator('.lead-picture');
  assert.equal(await lead.locator('img').isVisible(), false);
  const alt = await lead.locator('img').getAttribute('alt');
  const button = page.getByRole('button', { name: `Show picture: ${alt}` }).first();
  assert.deepEqual(await axe(page), []);

  // By keyboard: the button takes the focus, Enter shows the picture, the focus stays there.
  await button.focus();
  await page.keyboard.press('Enter');
  assert.equal(await lead.locator('img').isVisible(), true);
  assert.equal(await button.count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement.matches('.lead-picture')), true);

  // By pointer: a gallery is shown as a whole.
  const gallery = page.locator('.body figure').first();
  assert.equal(await gallery.locator('img').first().isVisible(), false);
  await gallery.click({ position: { x: 20, y: 20 } });
  for (const image of await gallery.locator('img').all()) assert.equal(await image.isVisible(), true);
  assert.deepEqual(await axe(page), []);
}));

test('pictures that are to wait from now on have their button at once', () => withPage({}, async (page) => {
  await page.goto(url('/article/three-plates-for-a-town/'));
  await live(page);
  await page.getByRole('button', { name: 'Reading settings' }).click();
  await page.getByRole('radio', { name: 'Only when tapped' }).check();
  await page.keyboard.press('Escape');
  assert.ok(await page.getByRole('button', { name: /^Show picture/ }).count() > 0);
}));

test('no frame of a slow start shows the wrong theme', async () => {
  for (const [chosen, colorScheme, paper] of [['dark', 'light', 'rgb(15, 23, 34)'], ['light', 'dark', 'rgb(251, 248, 242)']]) {
    await withPage({ colorScheme }, async (page) => {
      await page.addInitScript((theme) => {
        localStorage.setItem('dateline:1:prefs', JSON.stringify({ theme }));
        globalThis.papers = [];
        const look = () => {
          if (document.body) globalThis.papers.push(getComputedStyle(document.documentElement).backgroundColor);
          requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      }, chosen);
      // Bundles and late styles come slowly; the page itself is there at once.
      await page.route(/\/assets\//, (route) => setTimeout(() => route.continue().catch(() => {}), 800));
      await page.goto(url(await story()), { waitUntil: 'commit' });
      await page.waitForSelector('html[data-app="live"]');
      const papers = await page.evaluate(() => [globalThis.papers.length, [...new Set(globalThis.papers)]]);
      assert.ok(papers[0] > 10, `${papers[0]} frames seen`);
      assert.deepEqual(papers[1], [paper], `${chosen} on a ${colorScheme} device`);
    });
  }
});

test('axe finds nothing in the dialog', () => withPage({}, async (page) => {
  await page.goto(url('/'));
  await live(page);
  await page.getByRole('button', { name: 'Reading settings' }).click();
  await page.getByRole('dialog').waitFor();
  assert.deepEqual(await axe(page), []);
}));
