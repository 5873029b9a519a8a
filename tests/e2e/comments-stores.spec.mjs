// The two stores: one that hangs, and what is swept out of both when its time is over.
import assert from 'node:assert/strict';
import test from 'node:test';
import { APPROVED, comment, fillIn, inDatabase, kept, near, posting } from './comments-support.mjs';
import { eventually, live } from './support.mjs';

test('a database that does not open keeps nothing from being saved, and joins when it comes', async () => {
  await posting(APPROVED, async (page, server, context, story) => {
    // Another page holds the database, and what wants it deleted is in front of everyone else.
    const holder = await context.newPage();
    await holder.goto(new URL('/robots.txt', story).href);
    await holder.evaluate(async () => {
      const request = indexedDB.open('dateline', 1);
      self.database = await new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
      await new Promise((resolve) => (indexedDB.deleteDatabase('dateline').onblocked = resolve));
    });
    await page.reload();
    await live(page);
    await near(page);
    await page.getByText('Kept on this device').first().waitFor();
    await comment(page).fill('in one store');
    await kept(page, 'in one store');
    await page.locator('.comment-form').getByText('Saved', { exact: true }).first().waitFor();
    await page.reload();
    await near(page);
    await page.getByText('Draft restored').first().waitFor();
    assert.equal(await comment(page).inputValue(), 'in one store');
    await holder.evaluate(() => self.database.close());
    await eventually(async () => JSON.stringify(await inDatabase(page)).includes('in one store'));
    assert.equal(await comment(page).inputValue(), 'in one store');
    await comment(page).fill('in both stores');
    await eventually(async () => JSON.stringify(await inDatabase(page)).includes('in both stores'));
    await fillIn(page, 'in both stores');
    await page.getByRole('button', { name: 'Post comment' }).click();
    await page.getByText('Your comment is published').waitFor();
  });
});

test('thirty days are kept to wherever the reader is: drafts go, what waits becomes a draft', async () => {
  await posting(APPROVED, async (page, server, context, story) => {
    await comment(page).fill('an old draft');
    await kept(page, 'an old draft');
    await eventually(async () => JSON.stringify(await inDatabase(page)).includes('an old draft'));
    await page.goto(new URL('/robots.txt', story).href);
    await page.evaluate(async (receiver) => {
      const old = Date.now() - 40 * 864e5;
      const request = indexedDB.open('dateline', 1);
      const database = await new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
      const change = database.transaction('drafts', 'readwrite');
      const put = (name, record) => {
        localStorage[name] = JSON.stringify(record);
        change.objectStore('drafts').put(JSON.stringify(record), name);
      };
      for (const [name, value] of Object.entries(localStorage).filter(([key]) => key.startsWith('dateline:1:draft:'))) {
        const draft = JSON.parse(value);
        put(name, { ...draft, at: old });
        const queue = name.replace(':draft:', ':queue:');
        const waiting = {
          v: 1, rev: 1, id: '1x2', at: old, text: 'never sent', author: { v: 1, name: 'Ada', email: 'ada@example.org', website: '' },
          article: 'a', parent: null, title: 'A story', href: draft.href, to: null, receiver, trap: '',
          tries: 4, after: old, doubt: true, asks: true, gone: false,
        };
        put(`${queue}~1x2`, waiting);
        put(`${queue}~0x1`, { ...waiting, id: '', text: '', author: { v: 0, name: '', email: '', website: '' }, asks: false, gone: true });
      }
      await new Promise((resolve) => (change.oncomplete = resolve));
      database.close();
    }, `${server.url}/comments`);
    // Any page of the site will do.
    await page.goto(new URL('/', story).href);
    await live(page);
    const everything = async () => JSON.stringify([await page.evaluate(() => ({ ...localStorage })), await inDatabase(page)]);
    await eventually(async () => !/an old draft|ada@example\.org|0x1/.test(await everything()));
    await page.goto(new URL('/drafts/', story).href);
    await page.getByText('never sent').waitFor();
    assert.equal(await page.locator('.drafts > li').count(), 1);
    await page.locator('.drafts > li').getByRole('link', { name: 'Open' }).click();
    await eventually(async () => (await comment(page).inputValue()) === 'never sent');
    assert.equal(server.posts.length, 0);
  });
});
