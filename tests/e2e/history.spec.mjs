// The reading history: nothing of it before it is switched on, all of it gone when it is switched off.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, eventually, live, painted, url, withPage } from './support.mjs';

const STORY = '/article/one-tide/';
const RECORD = 'dateline:1:history';
const kept = (page) => page.evaluate((name) => localStorage.getItem(name), RECORD);
const card = (page, path) => page.locator('.card', { has: page.locator(`.card-link[href="${path}"]`) }).first();

async function visit(page, path) {
  await page.goto(url(path));
  await live(page);
}

/** Chooses one of the two in the reading settings. */
async function choose(page, name) {
  await page.getByRole('button', { name: 'Reading settings' }).click();
  await page.getByRole('group', { name: 'Reading history' }).getByRole('radio', { name }).check();
  await page.keyboard.press('Escape');
}

/** A record as an earlier visit would have left it. */
const begin = (page, record) => page.evaluate(([name, text]) => {
  localStorage.setItem('dateline:1:prefs', '{"history":"on"}');
  if (text) localStorage.setItem(name, text);
}, [RECORD, record && JSON.stringify({ v: 1, before: 0, latest: 0, stories: [], ...record })]);

test('stores nothing and loads nothing before it is switched on', () => withPage({}, async (page) => {
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await visit(page, '/');
  await page.locator('.card-link').first().click();
  await page.waitForFunction(() => globalThis.datelinePages > 1);
  await page.mouse.wheel(0, 600);
  await painted(page);
  await page.goto(url('/'));
  await live(page);
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), []);
  assert.equal(await page.evaluate(async () => (await indexedDB.databases()).length), 0);
  assert.equal(await page.locator('.history-mark').count(), 0);
  assert.deepEqual(asked.filter((address) => /\/desk-/.test(address)), []);
}));

test('marks what was read, and one switch deletes it all', () => withPage({}, async (page) => {
  await visit(page, '/');
  await choose(page, 'Kept on this device');
  await visit(page, STORY);
  await eventually(() => kept(page));
  await visit(page, '/category/harbour/');
  const read = card(page, STORY);
  await eventually(async () => (await read.locator('.history-mark').textContent({ timeout: 500 }).catch(() => '')) === 'Read');
  assert.deepEqual(await axe(page), []);
  assert.match(await kept(page), /one-tide/);

  await choose(page, 'Not kept');
  assert.equal(await kept(page), null);
  assert.equal(await read.locator('.history-mark').isVisible(), false);
  await visit(page, STORY);
  await page.mouse.wheel(0, 4000);
  await visit(page, '/');
  assert.equal(await kept(page), null);
  assert.equal(await page.locator('.history-mark').count(), 0);
}));

test('offers the way back to where reading stopped as a link, and never jumps', () => withPage({}, async (page) => {
  await visit(page, '/');
  await begin(page, {});
  await visit(page, STORY);
  await eventually(() => kept(page));
  const block = page.locator('.story .body > *').nth(12);
  await block.evaluate((it) => it.scrollIntoView());
  await eventually(async () => /"place":1\d/.test(await kept(page)));
  await visit(page, '/about/');
  await visit(page, STORY);
  const back = page.getByRole('link', { name: 'Continue where you stopped' });
  await back.waitFor();
  assert.equal(await page.evaluate(() => scrollY), 0, 'nothing jumps');
  assert.deepEqual(await axe(page), []);
  await back.click();
  await eventually(() => page.evaluate(() => scrollY > 500));
  const near = await block.evaluate((it) => Math.abs(it.getBoundingClientRect().top));
  assert.ok(near < 800, `${near} px from where reading stopped`);
}));

test('says what is new since the last visit, and what was changed since it was read', () => withPage({}, async (page) => {
  await visit(page, '/');
  const changed = '/article/surge-night-live/';
  await begin(page, {
    latest: Date.parse('2026-11-22T12:00:00Z'),
    stories: [{ href: changed, changed: Date.parse('2026-11-22T21:00:00Z') / 1000, place: 0 }, { href: STORY, changed: 9e9, place: 0 }],
  });
  await visit(page, '/');
  await page.getByText('new stories since your last visit').waitFor();
  assert.equal(await card(page, changed).locator('.history-mark').textContent(), 'Updated since you read it');
  const marks = await page.locator('.history-mark').allTextContents();
  assert.ok(marks.includes('New'), marks.join());
  assert.deepEqual(await axe(page), []);
  await visit(page, changed);
  await page.locator('.history-offer', { hasText: 'Updated since you read it' }).waitFor();
}));

test('"Forget me" takes the history too, and keeps no other one', () => withPage({}, async (page) => {
  await visit(page, '/');
  await begin(page, { stories: [{ href: STORY, changed: 1, place: 0 }] });
  await visit(page, '/drafts/');
  await page.getByRole('button', { name: 'Forget me on this device' }).click();
  await page.getByText('None of this is kept on this device any more.').waitFor();
  assert.equal(await kept(page), null);
  assert.equal(await page.evaluate(() => document.documentElement.dataset.history), undefined);
  await visit(page, STORY);
  await page.mouse.wheel(0, 4000);
  await visit(page, '/');
  assert.deepEqual(await page.evaluate(() => Object.values(localStorage).filter((text) => /one-tide|"history"/.test(text))), []);
}));

test('"Reset" of the reading settings takes the history too', () => withPage({}, async (page) => {
  await visit(page, '/');
  await begin(page, { stories: [{ href: STORY, changed: 1, place: 0 }] });
  await visit(page, '/category/harbour/');
  await eventually(async () => (await page.locator('.history-mark').count()) > 0);
  await page.getByRole('button', { name: 'Reading settings' }).click();
  await page.getByRole('button', { name: 'Reset' }).click();
  assert.equal(await kept(page), null);
  const choice = page.getByRole('group', { name: 'Reading history' }).getByRole('radio', { name: 'Not kept' });
  assert.equal(await choice.isChecked(), true);
  for (const mark of await page.locator('.history-mark').all()) assert.equal(await mark.isVisible(), false);
}));
