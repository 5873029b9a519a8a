// What the tests in other engines share: a browser behind its own driver, spoken to in W3C WebDriver
// (https://www.w3.org/TR/webdriver2/), which Firefox and WebKit both understand.
//
// `cargo xtask test --only engines` finds or installs the programs and names them in the variables below.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const KEYS = { enter: '\uE007', escape: '\uE00C', right: '\uE014' };
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

const need = (name) => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run these tests with \`cargo xtask test --only engines\``);
  return value;
};

/** `firefox` or `webkit`. */
export const ENGINE = need('ENGINE');

/** The folder the demo was built into. */
export const OUT = need('DATELINE_OUT');

export const pause = (ms) => new Promise((done) => { setTimeout(done, ms); });

const freePort = async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
};

/** Each engine's driver on a port, and what it is asked for; `run` starts a program that ends with the tests. */
const drivers = {
  async firefox(port, home, run) {
    run(need('GECKODRIVER'), ['--port', port, '--websocket-port', await freePort()], { env: { ...process.env, HOME: home } });
    return { browserName: 'firefox', 'moz:firefoxOptions': { binary: need('FIREFOX'), args: ['-headless'] } };
  },
  async webkit(port, home, run) {
    // The display says itself which number it has.
    const screen = run(need('XVFB'), ['-displayfd', '3', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    const [number] = await once(screen.stdio[3], 'data');
    const env = {
      ...process.env, DISPLAY: `:${String(number).trim()}`, HOME: home, XDG_RUNTIME_DIR: home,
      XDG_DATA_HOME: join(home, 'data'), XDG_CACHE_HOME: join(home, 'cache'), XDG_CONFIG_HOME: join(home, 'config'),
      GDK_BACKEND: 'x11', GTK_A11Y: 'none', NO_AT_BRIDGE: '1', GSETTINGS_BACKEND: 'memory',
      LIBGL_ALWAYS_SOFTWARE: '1', WEBKIT_DISABLE_DMABUF_RENDERER: '1', WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    };
    run(need('WEBKIT_DRIVER'), [`--port=${port}`], { env });
    return { browserName: 'MiniBrowser', 'webkitgtk:browserOptions': { binary: need('MINIBROWSER'), args: ['--automation'] } };
  },
};

/** A browser with one page; `stop` ends everything that was started. */
export async function browser({ width = 1280, height = 900 } = {}) {
  const home = await mkdtemp(join(tmpdir(), 'dateline-engine-'));
  const children = [];
  const run = (program, args, options) => {
    const child = spawn(program, args, { detached: true, stdio: 'ignore', ...options });
    children.push(child);
    return child;
  };
  const kill = () => { for (const { pid } of children.splice(0).reverse()) try { process.kill(-pid); } catch { /* it has ended */ } };
  process.once('exit', kill);
  for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => process.exit(1));

  const port = await freePort();
  const wanted = await drivers[ENGINE](port, home, run);
  const ask = async (method, path, body) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(60_000),
    });
    const { value } = await answer.json();
    if (value?.error) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
    return value;
  };
  for (let tries = 0; !(await ask('GET', '/status').catch(() => null)); tries += 1) {
    if (tries > 200) throw new Error(`the driver of ${ENGINE} does not answer`);
    await pause(100);
  }
  const { sessionId } = await ask('POST', '/session', { capabilities: { alwaysMatch: wanted } });
  const post = (path, body = {}) => ask('POST', `/session/${sessionId}${path}`, body);
  const find = async (selector) => (await post('/element', { using: 'css selector', value: selector }))[ELEMENT];
  const page = {
    goto: (url) => post('/url', { url }),
    back: () => post('/back'),
    reload: () => post('/refresh'),
    size: (w, h) => post('/window/rect', { x: 0, y: 0, width: w, height: h }),
    /** Runs a function in the page; what it gives may be a promise. */
    async evaluate(fn, ...args) {
      const { value, error } = await post('/execute/async', {
        script: `const done = arguments[arguments.length - 1];
          Promise.resolve().then(() => (${fn})(...Array.from(arguments).slice(0, -1)))
            .then((value) => done({ value }), (error) => done({ error: String(error) }));`,
        args,
      });
      if (error) throw new Error(error);
      return value;
    },
    /** What a function in the page gives once that is something true. */
    async until(fn, ...args) {
      const end = Date.now() + 20_000;
      for (;;) {
        let last;
        // A page that is being left answers nothing.
        const value = await page.evaluate(fn, ...args).catch((error) => { last = error; });
        if (value) return value;
        if (Date.now() > end) throw new Error(`never came true: ${fn}`, { cause: last });
        await pause(100);
      }
    },
    click: async (selector) => post(`/element/${await find(selector)}/click`),
    type: async (selector, text) => post(`/element/${await find(selector)}/value`, { text }),
    press: (key) => post('/actions', { actions: [{ type: 'key', id: 'keys', actions: ['keyDown', 'keyUp'].map((type) => ({ type, value: key })) }] }),
  };
  await page.size(width, height);
  const stop = async () => {
    await ask('DELETE', `/session/${sessionId}`).catch(() => {});
    kill();
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  };
  return { page, stop };
}
