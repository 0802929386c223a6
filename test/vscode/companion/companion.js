// Sits in the extension host beside RepScope. Answers one JSON line with another on the socket that
// REPSCOPE_TEST_COMPANION names: { "do": "state" | "kill" | "configure" | "setting" |
// "read" | "execute", ... }. Where REPSCOPE_TEST_MEMORY names a folder, its copy is `repmem:/lab`, in memory.
const { existsSync, readFileSync, unlinkSync, writeFileSync } = require('node:fs');
const inspector = require('node:inspector');
const { createServer } = require('node:net');
const { monitorEventLoopDelay } = require('node:perf_hooks');
const { promisify } = require('node:util');
const threads = require('node:worker_threads');
const vscode = require('vscode');
const { registerMemory } = require('./memory');

/** The worker threads that run RepScope's code. */
const workers = new Set();
let started = 0;
const rejections = [];
const profiler = new inspector.Session();

// RepScope's bundle looks the class up in the module each time: from here on its threads are counted.
const { Worker } = threads;
threads.Worker = class extends Worker {
  constructor(file, options) {
    super(file, options);
    if (!String(file).includes('worker.js')) return;
    started += 1;
    workers.add(this);
    this.once('exit', () => workers.delete(this));
  }
};

const delay = monitorEventLoopDelay({ resolution: 5 });
process.on('unhandledRejection', (error) => rejections.push(String(error?.stack ?? error)));

const turns = { busy: onProcessor() === null ? null : 0, ended: 0 };

/** Milliseconds that the main thread was on a processor; null where the system does not say. */
function onProcessor() {
  try {
    return Number(readFileSync('/proc/self/schedstat', 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return null;
  }
}

/** Between two turns of this timer the thread did other work, or slept. */
function watchTurns() {
  const now = onProcessor();
  if (turns.busy !== null && turns.ended > 0) turns.busy = Math.max(turns.busy, now - turns.ended);
  turns.ended = onProcessor();
}

const answers = {
  /**
   * In milliseconds, since it was last asked: `blocked`, the longest that the host's thread stood still, for whatever reason; `busy`,
   * the longest that it was at work without a pause (null where the system does not say).
   */
  state() {
    const blocked = delay.max / 1e6;
    delay.reset();
    const { busy } = turns;
    turns.busy = busy === null ? null : 0;
    const extension = vscode.extensions.getExtension('repscope.repscope');
    return {
      busy,
      workers: workers.size,
      started,
      blocked,
      rejections,
      pid: process.pid,
      active: extension?.isActive ?? false,
    };
  },
  /** Records what the host's thread does; the second time, ends that and gives the profile's file. */
  async profile({ file }) {
    const post = promisify(profiler.post.bind(profiler));
    if (!file) {
      profiler.connect();
      await post('Profiler.enable');
      await post('Profiler.setSamplingInterval', { interval: 500 });
      await post('Profiler.start');
      return {};
    }
    const { profile } = await post('Profiler.stop');
    writeFileSync(file, JSON.stringify(profile));
    profiler.disconnect();
    return { file };
  },
  /** Ends one thread as a crash does: without a word to whoever waits for it. */
  async kill({ which = 0 }) {
    const worker = [...workers][which % Math.max(1, workers.size)];
    await worker?.terminate();
    return { killed: worker !== undefined };
  },
  /** Changes a setting of the user. */
  async configure({ setting, value }) {
    await vscode.workspace.getConfiguration().update(setting, value, vscode.ConfigurationTarget.Global);
    return {};
  },
  /** A setting as any extension sees it. */
  setting({ setting }) {
    return { value: vscode.workspace.getConfiguration().get(setting) ?? null };
  },
  /** The bytes of a file, wherever VS Code keeps it. */
  async read({ uri }) {
    return {
      base64: Buffer.from(await vscode.workspace.fs.readFile(vscode.Uri.parse(uri))).toString('base64'),
    };
  },
  /** Parameters are JSON; `{ "$file": path }` stands for a URI. */
  async execute({ command, parameters = [] }) {
    const given = parameters.map((one) => (one?.$file ? vscode.Uri.file(one.$file) : one));
    const result = await vscode.commands.executeCommand(command, ...given);
    return { result: JSON.parse(JSON.stringify(result ?? null)) };
  },
};

exports.activate = ({ subscriptions }) => {
  const folder = process.env.REPSCOPE_TEST_MEMORY;
  if (folder) subscriptions.push(registerMemory(folder));
  const path = process.env.REPSCOPE_TEST_COMPANION;
  if (!path) return;
  delay.enable();
  const watch = setInterval(watchTurns, 5);
  subscriptions.push({ dispose: () => clearInterval(watch) });
  const server = createServer((socket) => {
    let said = '';
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      said += chunk;
      if (!said.endsWith('\n')) return;
      Promise.resolve()
        .then(() => answers[JSON.parse(said).do](JSON.parse(said)))
        .then(
          (answer) => socket.end(`${JSON.stringify(answer)}\n`),
          (error) => socket.end(`${JSON.stringify({ error: String(error?.stack ?? error) })}\n`),
        );
    });
  });
  // What an extension host before a reload left.
  if (existsSync(path)) unlinkSync(path);
  server.listen(path);
  server.on('error', (error) => console.error('companion', error));
  subscriptions.push({ dispose: () => server.close() });
};
