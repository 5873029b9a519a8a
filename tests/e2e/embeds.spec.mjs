// Embeds load when the reader asks, once or always; before that their hosts hear nothing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, eventually, live, paper, withPage } from './support.mjs';

const STORY = {
  id: '1', title: 'A film of the quay', date_published: '2026-11-22T20:30:00Z', _dateline: { slug: 'film' },
  content_html: '<p>Before.</p><iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ" title="The tide in a minute"></iframe>'
    + '<p>Between.</p><iframe src="https://player.vimeo.com/video/76979871"></iframe><p>After.</p>',
};

/** Opens the story; gives the foreign addresses that were asked for. */
async function open(page, at) {
  const foreign = [];
  const own = new URL(at('')).host;
  await page.route((address) => address.host !== own && address.protocol.startsWith('http'), (route) => {
    foreign.push(route.request().url());
    return route.fulfill({ contentType: 'text/html', body: '<title>player</title>' });
  });
  await page.goto(at('article/film/'));
  await live(page);
  return foreign;
}

const load = (page, name) => page.getByRole('button', { name: `Load from ${name}` });

test('nothing is asked of a provider before the click, and the keyboard does all of it', () =>
  paper([STORY], {}, (at) => withPage({}, async (page) => {
    const foreign = await open(page, at);
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await page.waitForLoadState('networkidle');
    assert.deepEqual(foreign, []);
    assert.equal(await page.locator('iframe').count(), 0);
    assert.ok(await page.getByRole('link', { name: 'The tide in a minute' }).count() > 0, 'the card says what it is');
    assert.deepEqual(await axe(page), []);

    await load(page, 'YouTube').focus();
    await page.keyboard.press('Enter');
    const frame = page.locator('iframe');
    await eventually(() => foreign.length > 0);
    assert.equal(await frame.count(), 1, 'the other one still waits');
    for (const address of foreign) assert.match(address, /^https:\/\/www\.youtube-nocookie\.com\/embed\/dQw4w9WgXcQ/);
    assert.match(await frame.getAttribute('title'), /YouTube/);
    assert.match(await frame.getAttribute('sandbox'), /allow-scripts/);
    assert.equal(await page.evaluate(() => document.activeElement.localName), 'iframe', 'the focus goes where the button was');
    assert.deepEqual(await axe(page), []);
  })));

test('"always" is kept, named in the reading settings, taken back there, and by "Reset"', () =>
  paper([STORY], {}, (at) => withPage({}, async (page) => {
    await open(page, at);
    await load(page, 'YouTube').click();
    await page.getByRole('button', { name: /Always .*YouTube/ }).click();
    await page.reload();
    await page.waitForSelector('html[data-app="live"]');
    await page.locator('iframe').waitFor();
    assert.equal(await page.locator('iframe').count(), 1, 'what was not allowed still waits');
    assert.doesNotMatch(await page.locator('iframe').getAttribute('src'), /autoplay=1/);

    const settings = () => page.getByRole('button', { name: 'Reading settings' }).click();
    const kept = () => page.evaluate(() => localStorage.getItem('dateline:1:embeds'));
    await settings();
    const row = page.getByRole('dialog').getByRole('listitem').filter({ hasText: 'YouTube' });
    await row.getByRole('button').click();
    assert.equal(await row.count(), 0);
    assert.equal(await kept(), '[]');

    await page.evaluate(() => localStorage.setItem('dateline:1:embeds', '["youtube","nobody"]'));
    await page.reload();
    await page.waitForSelector('html[data-app="live"]');
    await settings();
    await row.waitFor();
    assert.equal(await page.getByRole('dialog').getByRole('listitem').count(), 1, 'an unknown key is nobody');
    await page.getByRole('button', { name: 'Reset' }).click();
    assert.equal(await page.getByRole('dialog').getByRole('listitem').count(), 0);
    assert.equal(await kept(), null);
  })));
