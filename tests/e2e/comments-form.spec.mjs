// The comment form's finer promises: keys, spoken counts, ten seconds of Undo, doubt, the receiver's rules.
import assert from 'node:assert/strict';
import test from 'node:test';
import { APPROVED, comment, fillIn, gone, kept, posting } from './comments-support.mjs';
import { eventually } from './support.mjs';

const post = (page) => page.getByRole('button', { name: 'Post comment' });

test('while an input method composes, Ctrl+Enter belongs to it', async () => {
  await posting(APPROVED, async (page, server) => {
    await fillIn(page);
    const press = (isComposing) =>
      comment(page).evaluate((field, composing) => {
        const event = new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, isComposing: composing, bubbles: true, cancelable: true });
        // Whoever prevents the key's own effect has taken it for a command.
        return field.dispatchEvent(event);
      }, isComposing);
    assert.equal(await press(true), true);
    assert.equal(await page.locator('.progress').count(), 0);
    assert.equal(await press(false), false);
    await page.getByText('Your comment is published').waitFor();
    assert.equal(server.posts.length, 1);
  });
});

test('the room left is spoken at 100, 20 and 0, and not between', async () => {
  await posting(APPROVED, async (page) => {
    const spoken = page.locator('#reply-form > .unseen[role=status], form.comment-form > .unseen[role=status]').first();
    await comment(page).fill('x'.repeat(50));
    // "Saved" is spoken once a page; the marks come after it.
    await page.waitForFunction((node) => node.textContent.includes('Saved'), await spoken.elementHandle());
    const said = [];
    for (const length of [99, 100, 101, 150, 180, 181, 199, 200]) {
      await comment(page).fill('x'.repeat(length));
      said.push(await spoken.innerText());
    }
    const marks = said.map((text) => Number(text.match(/\d+/)?.[0] ?? NaN));
    assert.deepEqual(marks, [NaN, 100, 100, 100, 20, 20, 20, 0]);
  });
});

test('Discard can be undone for ten seconds and no longer', async () => {
  await posting(APPROVED, async (page) => {
    const undo = page.getByRole('button', { name: 'Undo' });
    await comment(page).fill('Gone soon');
    await page.clock.runFor(1000);
    await kept(page, 'Gone soon');
    await page.reload();
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.clock.runFor(9000);
    await undo.waitFor();
    await page.clock.runFor(2000);
    await undo.waitFor({ state: 'detached' });
    await gone(page);
  }, [], { clock: true });
});

test('when nobody can tell whether it arrived, the reader is asked', async () => {
  await posting(['silence'], async (page, server) => {
    await fillIn(page);
    await post(page).click();
    await page.getByText('waiting to be sent').waitFor();
    for (const attempts of [2, 3, 4]) {
      await page.clock.runFor(30_000);
      await eventually(() => server.posts.length >= attempts);
    }
    await page.getByText('could not find out whether your comment arrived').waitFor();
    await page.clock.runFor(120_000);
    assert.equal(server.posts.length, 4);
    await page.getByRole('button', { name: 'Back to draft' }).click();
    await kept(page, 'Well said.');
    await eventually(async () => (await comment(page).inputValue()) === 'Well said.');
  }, [], { clock: true });
});

test('a honeypot stands only where the endpoint names one, out of everybody\'s way', async () => {
  await posting(APPROVED, async (page, server) => {
    assert.equal(await page.locator('.trap').count(), 0);
    await fillIn(page);
    await post(page).click();
    await page.getByText('Your comment is published').waitFor();
    assert.ok(!('nickname' in JSON.parse(server.posts[0].body)));
  });
  await posting(APPROVED, async (page, server) => {
    const trap = page.locator('.trap');
    assert.deepEqual(
      [await trap.getAttribute('name'), await trap.getAttribute('tabindex'), await trap.getAttribute('aria-hidden')],
      ['nickname', '-1', 'true'],
    );
    await fillIn(page);
    await trap.evaluate((field) => (field.value = 'a robot'));
    await post(page).click();
    await page.getByText('Your comment is published').waitFor();
    assert.equal(JSON.parse(server.posts[0].body).nickname, 'a robot');
  }, [], { rules: { honeypot: 'nickname' } });
});

test('where the receiver needs no name, none is marked as required or asked for', async () => {
  await posting(APPROVED, async (page, server) => {
    for (const name of ['Name', 'Email']) {
      assert.equal(await page.getByRole('textbox', { name, exact: true }).getAttribute('required'), null);
    }
    await comment(page).fill('Nobody said this.');
    await post(page).click();
    await page.getByText('Your comment is published').waitFor();
    assert.equal(JSON.parse(server.posts[0].body).author.name, '');
  }, [], { rules: { anonymous: true } });
});

test('a permalink leads to its comment', async () => {
  await posting(APPROVED, async (page, server, context, story) => {
    server.thread.comments = Array.from({ length: 30 }, (_, at) => ({ id: at + 1, author: `P${at}`, html: `<p>Number ${at + 1}</p>` }));
    const other = await context.newPage();
    await other.goto(`${story}#comment-25`);
    await other.getByText('Number 25').waitFor();
    await other.waitForFunction(() => {
      const { top } = document.getElementById('comment-25').getBoundingClientRect();
      return top >= 0 && top < innerHeight;
    });
  });
});
