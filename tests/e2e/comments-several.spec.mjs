// More than one comment on a story on its way: each is sent once, in order, and each form learns what became of its own.
import assert from 'node:assert/strict';
import test from 'node:test';
import { APPROVED, article, comment, fillIn, kept, posting } from './comments-support.mjs';
import { eventually, live } from './support.mjs';

const post = (page) => page.getByRole('button', { name: 'Post comment' }).click();
const waits = (page) => page.getByText('waiting to be sent').waitFor();
const published = (page) => page.getByText('Your comment is published').waitFor();
const emptied = (page) => eventually(async () => (await comment(page).inputValue()) === '');
const said = (server) => server.posts.map(({ body }) => JSON.parse(body).content);
/** The records of comments in the local store, with their names. */
const queue = (page) =>
  page.evaluate(() => Object.entries(localStorage).filter(([name]) => name.startsWith('dateline:1:queue:')).map(([name, value]) => [name, JSON.parse(value)]));
/** The next request to the receiver is held until `release` is called. */
async function holding(context, server) {
  const held = { asked: 0 };
  const wait = new Promise((resolve) => (held.release = resolve));
  await context.route(`${server.url}/comments`, async (route) => {
    held.asked += 1;
    if (held.asked === 1) await wait;
    await route.continue();
  });
  return held;
}

test('two comments on one story that wait offline are both sent, in order', async () => {
  await posting(APPROVED, async (page, server, context) => {
    // Where words are stored, the form is alive and needs nothing more from the network.
    await comment(page).fill('Words');
    await kept(page, 'Words');
    await context.setOffline(true);
    for (const words of ['First words', 'Second words']) {
      await fillIn(page, words);
      await post(page);
      await waits(page);
      await emptied(page);
    }
    assert.equal((await queue(page)).length, 2);
    await context.setOffline(false);
    await published(page);
    await eventually(async () => (await queue(page)).every(([, record]) => record.gone));
    assert.deepEqual(said(server), ['First words', 'Second words']);
  }, [/thread\.json/]);
});

test('a comment waits behind an earlier one of its story', async () => {
  const busy = { status: 503, headers: { 'retry-after': '2' } };
  await posting([busy, ...APPROVED], async (page, server) => {
    await fillIn(page, 'First words');
    await post(page);
    await waits(page);
    await fillIn(page, 'First words are not enough');
    await post(page);
    await emptied(page);
    await waits(page);
    await published(page);
    await eventually(() => server.posts.length === 3);
    assert.deepEqual(said(server), ['First words', 'First words', 'First words are not enough']);
  }, [/503/]);
});

test('the next comment may begin like one that arrives meanwhile', async () => {
  const busy = { status: 503, headers: { 'retry-after': '2' } };
  await posting([busy, ...APPROVED], async (page) => {
    await fillIn(page, 'Yes');
    await post(page);
    await waits(page);
    await comment(page).fill('Yes, and more');
    await published(page);
    assert.equal(await comment(page).inputValue(), 'Yes, and more');
    assert.equal(await comment(page).evaluate((field) => field === document.activeElement), true);
    await kept(page, 'Yes, and more');
  }, [/503/]);
});

test('two tabs on one story, each with a comment that waits offline, lose neither', async () => {
  await posting(APPROVED, async (page, server, context, story) => {
    const other = await context.newPage();
    await article(other, story);
    await context.setOffline(true);
    for (const [tab, words] of [[page, 'From the first tab'], [other, 'From the second tab']]) {
      await fillIn(tab, words);
      await kept(tab, words);
      await post(tab);
      await waits(tab);
    }
    await context.setOffline(false);
    await Promise.all([published(page), published(other)]);
    await eventually(async () => (await queue(page)).every(([, record]) => record.gone));
    assert.deepEqual(said(server), ['From the first tab', 'From the second tab']);
  }, [/thread\.json/]);
});

for (const [answer, sentence, left] of [
  [APPROVED[0], 'Your comment is published', ''],
  [{ status: 202 }, 'awaiting moderation', ''],
  [{ status: 403, body: { code: 'closed' } }, 'closed', 'From the second tab'],
]) {
  test(`a comment posted while another tab sends one ends with its own answer (${answer.status})`, async () => {
    await posting([APPROVED[0], answer], async (page, server, context, story) => {
      const other = await context.newPage();
      await article(other, story);
      await fillIn(page, 'From the first tab');
      await kept(page, 'From the first tab');
      await fillIn(other, 'From the second tab');
      await kept(other, 'From the second tab');
      const held = await holding(context, server);
      await post(page);
      await eventually(() => held.asked === 1);
      await post(other);
      await eventually(async () => (await queue(other)).length === 2);
      held.release();
      await published(page);
      await other.getByRole('status').getByText(sentence).waitFor();
      await eventually(async () => (await comment(other).inputValue()) === left);
      assert.deepEqual(said(server), ['From the first tab', 'From the second tab']);
    }, [/403/]);
  });
}

test('a comment that is being sent does not stand in its form again after Back', async () => {
  await posting(APPROVED, async (page, server, context) => {
    await fillIn(page, 'On its way');
    await kept(page, 'On its way');
    const held = await holding(context, server);
    await post(page);
    await eventually(() => held.asked === 1);
    await page.evaluate(() => document.querySelector('header a, .masthead a').click());
    await page.waitForURL((to) => !to.pathname.includes('/article/'));
    await page.goBack();
    await page.locator('[data-part="comments"]').scrollIntoViewIfNeeded();
    await waits(page);
    await emptied(page);
    held.release();
    await published(page);
    assert.deepEqual(said(server), ['On its way']);
  });
});

test('what an earlier release left waiting, one comment a story, is sent', async () => {
  await posting(APPROVED, async (page, server) => {
    await comment(page).fill('To find the name');
    await kept(page, 'To find the name');
    const name = await page.evaluate((receiver) => {
      const draft = Object.keys(localStorage).find((key) => key.startsWith('dateline:1:draft:'));
      const queued = draft.replace(':draft:', ':queue:');
      localStorage[queued] = JSON.stringify({
        v: 1, rev: 4, id: '1x2', at: Date.now() - 1000, text: 'From the release before',
        author: { v: 1, name: 'Ada', email: 'ada@example.org', website: '' },
        article: 'a', parent: null, title: 'A story', href: '/', to: null, receiver, trap: '',
        tries: 0, after: 0, doubt: false, asks: false, gone: false,
      });
      return queued;
    }, `${server.url}/comments`);
    await page.reload();
    await live(page);
    await eventually(() => server.posts.length === 1);
    assert.deepEqual(said(server), ['From the release before']);
    await eventually(async () => (await queue(page)).some(([key, record]) => key === name && record.gone));
  });
});
