// What is kept of a reader, what leaves with "Forget me", and that nothing of it comes back.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { APPROVED, article, comment, fillIn, inDatabase, kept, near, posting } from './comments-support.mjs';
import { eventually, live, url, withPage } from './support.mjs';

/** Everything both stores and the tab hold, as one text. */
const everything = async (page) =>
  JSON.stringify([await page.evaluate(() => [{ ...localStorage }, { ...sessionStorage }]), await inDatabase(page)]);

const email = 'ada@example.org';
const box = (page) => page.getByRole('checkbox', { name: 'Save my name and email on this device' });
const forget = async (context, story) => {
  const page = await context.newPage();
  await page.goto(new URL('/drafts/', story).href);
  await page.getByRole('button', { name: 'Forget me on this device' }).click();
  return page;
};

test('the box is off; the email is in no draft, no address, no export', async () => {
  await posting(APPROVED, async (page, server, context, story) => {
    const addresses = [];
    context.on('request', (request) => addresses.push(request.url()));
    assert.equal(await box(page).isChecked(), false);
    await fillIn(page, 'A thought.');
    await kept(page, 'A thought.');
    await box(page).check();
    await page.reload();
    await near(page);
    await page.getByText('Draft restored').first().waitFor();
    const list = await context.newPage();
    await list.goto(new URL('/drafts/', story).href);
    await list.getByText('A thought.').waitFor();
    const [download] = await Promise.all([list.waitForEvent('download'), list.getByRole('button', { name: 'Export as text' }).click()]);
    assert.ok(!(await readFile(await download.path(), 'utf8')).includes(email));
    await page.getByRole('button', { name: 'Post comment' }).click();
    await page.getByText('Your comment is published').waitFor();
    assert.ok(server.posts[0].body.includes(email));
    assert.deepEqual(addresses.filter((address) => /\bada\b|example\.org/i.test(decodeURIComponent(address))), []);
    assert.ok(!page.url().includes('ada'));
    // One record has it, and it is not a draft.
    const named = await page.evaluate((words) => Object.entries(localStorage).filter(([, value]) => value.includes(words)).map(([name]) => name), email);
    assert.deepEqual(named, ['dateline:1:identity']);
  });
});

test('unticked in one tab, name and email are not brought back by another', async () => {
  await posting(APPROVED, async (page, server, context, story) => {
    await fillIn(page);
    await box(page).check();
    const other = await context.newPage();
    await article(other, story);
    await eventually(() => box(other).isChecked());
    await box(page).uncheck();
    assert.ok(!(await everything(page)).includes(email));
    await eventually(async () => !(await box(other).isChecked()));
    await other.getByRole('textbox', { name: 'Name', exact: true }).fill('Ada L.');
    await other.getByRole('textbox', { name: 'Website', exact: true }).fill('ada.example');
    assert.ok(!(await everything(page)).includes(email));
  });
});

test('"Forget me" clears identity, drafts and queue in both stores', async () => {
  await posting(APPROVED, async (page, server, context, story) => {
    await fillIn(page, 'To be forgotten');
    await box(page).check();
    await kept(page, 'To be forgotten');
    await context.route(`${server.url}/comments`, (route) => route.abort());
    await page.getByRole('button', { name: 'Post comment' }).click();
    await page.getByText('waiting to be sent').waitFor();
    await comment(page).fill('And a second');
    await kept(page, 'And a second');
    for (const words of [email, 'To be forgotten', 'And a second']) assert.ok((await everything(page)).includes(words), words);
    await page.close();
    const list = await forget(context, story);
    await list.getByText('None of this is kept').waitFor();
    const left = await everything(list);
    for (const words of [email, 'To be forgotten', 'And a second', 'draft:', 'queue:', 'identity']) assert.ok(!left.includes(words), words);
  });
});

test('what is forgotten, or taken back, while it is being sent is not put back by the answer', async () => {
  for (const act of ['forget', 'take back']) {
    await posting(APPROVED, async (page, server, context, story) => {
      await fillIn(page, 'Sent too soon');
      let release;
      const held = new Promise((resolve) => (release = resolve));
      let asked = 0;
      await context.route(`${server.url}/comments`, async (route) => {
        asked += 1;
        await held;
        await route.fulfill({ status: 503, headers: { 'access-control-allow-origin': '*', 'retry-after': '60', 'access-control-expose-headers': 'retry-after' }, body: '{}' });
      });
      await page.getByRole('button', { name: 'Post comment' }).click();
      await eventually(() => asked === 1);
      const list = await context.newPage();
      await list.goto(new URL('/drafts/', story).href);
      await list.getByText('Sent too soon').first().waitFor();
      await list.getByRole('button', { name: act === 'forget' ? 'Forget me on this device' : 'Delete all' }).click();
      await list.getByText('There are no drafts on this device').waitFor();
      release();
      await page.waitForTimeout(500);
      const left = await list.evaluate(() => Object.entries(localStorage).filter(([name, value]) => /:queue:/.test(name) && !JSON.parse(value).gone));
      assert.deepEqual(left, [], act);
      assert.ok(!(await everything(list)).includes(email), act);
    }, [/503/]);
  }
});

test('where a store cannot be reached, "Forget me" says that something may be left', async () => {
  await withPage({ allow: [/./] }, async (page) => {
    await article(page);
    await comment(page).fill('stays behind');
    await kept(page, 'stays behind');
    await page.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('blocked', 'SecurityError');
      };
    });
    await page.goto(url('/drafts/'));
    await live(page);
    await page.getByRole('button', { name: 'Forget me on this device' }).click();
    await page.getByText('Not everything could be removed').waitFor();
    assert.equal(await page.getByText('None of this is kept').count(), 0);
    // What could be reached is gone all the same.
    assert.ok(!(await page.evaluate(() => JSON.stringify({ ...localStorage }))).includes('stays behind'));
  });
});
