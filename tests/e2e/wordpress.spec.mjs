// Comments at a real WordPress: taken, held, refused, threaded. `cargo xtask test --wordpress` starts one.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { comment, fillIn, kept, near } from './comments-support.mjs';
import { live, serveDir, withPage } from './support.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const wordpress = process.env.DATELINE_WORDPRESS;
const skip = !wordpress && 'no WordPress here; `cargo xtask test --wordpress` starts one';

let built;
/** The newspaper made of that WordPress, with comments. */
const newspaper = () =>
  (built ??= (async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dateline-wordpress-'));
    const site = { title: 'Harbour Post', url: 'https://post.example/', language: 'en-GB', source: { kind: 'wordpress', url: wordpress }, comments: { post: true } };
    await writeFile(join(folder, 'site.json'), JSON.stringify(site));
    const out = join(folder, 'out');
    const program = process.env.DATELINE_PROGRAM ?? join(ROOT, 'target/release/dateline');
    execFileSync(program, ['prerender', '--app', join(ROOT, 'target/app'), '--site', join(folder, 'site.json'), '--out', out], { stdio: 'pipe' });
    const paths = (await readdir(out, { recursive: true })).filter((path) => path.endsWith('index.html'));
    const served = await serveDir(out);
    const address = (slug) => new URL(paths.find((path) => path.includes(`/${slug}/`) && !path.includes('related')).replace(/index\.html$/, ''), served.url).href;
    return { folder, served, address };
  })());

after(async () => {
  if (!built) return;
  const { folder, served } = await built;
  served.stop();
  await rm(folder, { recursive: true, force: true });
});

async function story(slug, fn) {
  const { address } = await newspaper();
  await withPage({ allow: [/Failed to load resource/] }, async (page) => {
    await page.goto(address(slug));
    await live(page);
    await near(page);
    await page.getByText('Kept on this device').first().waitFor();
    await fn(page);
  });
}

const send = (page) => page.getByRole('button', { name: 'Post comment' }).click();
const unique = (text) => `${text} ${Date.now()}`;

test('WordPress takes a comment, and it stands in the thread', { skip }, async () => {
  const words = unique('Well observed');
  await story('story-120-qa-x', async (page) => {
    await fillIn(page, words);
    await send(page);
    await page.getByText('Your comment is published').waitFor();
    assert.equal(await comment(page).inputValue(), '');
  });
  await story('story-120-qa-x', (page) => page.locator('.comments-list').getByText(words).waitFor());
});

test('WordPress threads an answer below the comment it answers', { skip }, async () => {
  const words = unique('To you');
  await story('story-130-qa-x', async (page) => {
    await page.getByRole('button', { name: 'Reply to Ann' }).click();
    const form = page.getByRole('form', { name: 'Reply to Ann' });
    await form.getByRole('textbox', { name: 'Comment', exact: true }).fill(words);
    await form.getByRole('textbox', { name: 'Name', exact: true }).fill('Ada');
    await form.getByRole('textbox', { name: 'Email', exact: true }).fill('ada@example.org');
    await form.getByRole('button', { name: 'Post comment' }).click();
    await page.getByText('Your comment is published').waitFor();
  });
  await story('story-130-qa-x', (page) => page.locator('.comments-list .indent-1').getByText(words).waitFor());
});

test('WordPress holds a comment for moderation', { skip }, async () => {
  await story('story-121-qa-x', async (page) => {
    await fillIn(page, unique('Please moderate this'));
    await send(page);
    await page.getByText('awaiting moderation').waitFor();
  });
});

test('WordPress refuses a comment said before, one too fast, one to a closed story; the words stay', { skip }, async () => {
  const words = unique('Said twice');
  await story('story-122-qa-x', async (page) => {
    await fillIn(page, words);
    await send(page);
    await page.getByText('Your comment is published').waitFor();
    await fillIn(page, words);
    await send(page);
    await page.getByText('exactly this already').waitFor();
    assert.equal(await comment(page).inputValue(), words);
    await kept(page, words);
  });
  await story('story-123-qa-x', async (page) => {
    await fillIn(page, 'Quick');
    await page.getByRole('textbox', { name: 'Email', exact: true }).fill('flood@example.org');
    await send(page);
    await page.getByText('faster than the site allows').waitFor();
    await kept(page, 'Quick');
  });
  const { address } = await newspaper();
  await withPage({}, async (page) => {
    await page.goto(address('story-99-qa-x'));
    await live(page);
    assert.equal(await page.getByRole('button', { name: 'Post comment' }).count(), 0);
  });
});

test('a thread of more than one page keeps its order, either way', { skip }, async () => {
  await story('story-100-qa-x', async (page) => {
    await page.getByText('120 comments').waitFor();
    const numbers = async () => (await page.locator('.comments-list > li').allInnerTexts()).map((text) => Number(text.match(/Number (\d+)/)[1]));
    const ascending = Array.from({ length: 120 }, (_, at) => at + 1);
    assert.deepEqual(await numbers(), ascending);
    await page.getByRole('button', { name: 'Newest first' }).click();
    assert.deepEqual(await numbers(), ascending.reverse());
  });
});
