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

test('pictures wait for a tap where the reader wants it so', () => withPage({}, async (page) => {
  await page.goto(url(await story()));
  await live(page);
  await page.evaluate(() => localStorage.setItem('dateline:1:prefs', '{"pictures":"tap"}'));
  await page.reload();
  await page.waitForSelector('html[data-app="live"]');
  const picture = page.locator('.story-picture').first();
  assert.equal(await picture.locator('img').isVisible(), false);
  await picture.click();
  assert.equal(await picture.locator('img').isVisible(), true);
}));

test('axe finds nothing in the dialog', () => withPage({}, async (page) => {
  await page.goto(url('/'));
  await live(page);
  await page.getByRole('button', { name: 'Reading settings' }).click();
  await page.getByRole('dialog').waitFor();
  assert.deepEqual(await axe(page), []);
}));
