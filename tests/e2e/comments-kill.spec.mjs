// A browser killed while a comment is being typed: what was stored a second before is there again.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { chromium } from 'playwright-core';
import { article, comment } from './comments-support.mjs';
import { ARGS, countPages } from './support.mjs';

const KILLS = Number(process.env.DATELINE_KILLS ?? 5);

const running = new Set();

/** Ends every process of a browser: the one that owns storage must not get to write in peace. */
function killAll(child) {
  running.delete(child);
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

after(() => running.forEach(killAll));

/** Starts a browser of its own on a profile, so that it can be killed. One that does not answer is started again. */
async function launch(profile, attempts = 3) {
  const child = spawn(
    process.env.CHROMIUM ?? '/usr/bin/chromium',
    [...ARGS, '--remote-debugging-port=0', `--user-data-dir=${profile}`],
    { stdio: ['ignore', 'ignore', 'pipe'], detached: true },
  );
  running.add(child);
  const gone = new Promise((resolve) => { child.once('exit', resolve); });
  const endpoint = await new Promise((resolve, reject) => {
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
      const found = said.match(/ws:\/\/\S+/);
      if (found) resolve(found[0]);
    });
    child.on('exit', () => reject(new Error(`the browser ended: ${said}`)));
  });
  let browser;
  try {
    browser = await chromium.connectOverCDP(endpoint);
  } catch (error) {
    killAll(child);
    await gone;
    if (attempts === 1) throw error;
    return launch(profile, attempts - 1);
  }
  const context = browser.contexts()[0];
  await context.addInitScript(countPages);
  const page = context.pages()[0] ?? (await context.newPage());
  const kill = async () => {
    killAll(child);
    await gone;
    await browser.close().catch(() => {});
  };
  return { page, kill };
}

test(`a browser killed while typing loses at most the last second (${KILLS} times)`, { timeout: 60_000 * KILLS }, async () => {
  let lost = 0;
  for (let round = 0; round < KILLS; round += 1) {
    const profile = await mkdtemp(join(tmpdir(), 'dateline-kill-'));
    try {
      const before = await launch(profile);
      await article(before.page);
      await comment(before.page).focus();
      const until = Date.now() + 1200 + Math.random() * 1800;
      const typed = [];
      let text = '';
      while (Date.now() < until) {
        text += String.fromCharCode(97 + (text.length % 26));
        await before.page.keyboard.insertText(text.at(-1));
        typed.push([Date.now(), text]);
      }
      const at = Date.now();
      await before.kill();
      const again = await launch(profile);
      await article(again.page);
      await again.page.getByText('Draft restored').first().waitFor();
      const found = await comment(again.page).inputValue();
      await again.kill();
      // Whatever stood there a second before the kill must be in what came back.
      const owed = typed.filter(([when]) => when <= at - 1000).at(-1)?.[1] ?? '';
      if (!found.startsWith(owed)) lost += 1;
    } finally {
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    }
  }
  assert.equal(lost, 0, `${lost} of ${KILLS} kills lost more than a second`);
});
