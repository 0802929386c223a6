import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const script = resolve('dist/cli.js');

export interface Ended {
  /** Null where a signal ended the process. */
  readonly code: number | null;
  readonly signal?: NodeJS.Signals;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Call {
  /** Folder in which the command runs. */
  readonly cwd?: string;
  /** Options for Node itself. */
  readonly nodeOptions?: readonly string[];
  readonly node?: string;
  /** `wasm`: products in WebAssembly, whatever lanes there are. */
  readonly lanes?: string;
  /** Called with everything that was written to standard output so far. */
  readonly onStdout?: (text: string, child: ChildProcess) => void;
  /** Called with everything that was written to standard error so far. */
  readonly onStderr?: (text: string, child: ChildProcess) => void;
  readonly onStart?: (child: ChildProcess) => void;
}

/** Runs `repscope` as its users do, from the built bundle. */
export function repscope(args: readonly string[], call: Call = {}): Promise<Ended> {
  const child = spawn(call.node ?? process.execPath, [...(call.nodeOptions ?? []), script, ...args], {
    cwd: call.cwd,
    env: { ...process.env, ...(call.lanes === undefined ? {} : { REPSCOPE_LANES: call.lanes }) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    call.onStdout?.(stdout, child);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    call.onStderr?.(stderr, child);
  });
  call.onStart?.(child);
  return new Promise((ended, failed) => {
    child.on('error', failed);
    child.on('close', (code, signal) => ended({ code, stdout, stderr, ...(signal ? { signal } : {}) }));
  });
}

/** Writes an experiment (or text as it is) into a folder. */
export function writeExperiment(
  folder: string,
  experiment: object | string,
  name = 'tiny.experiment.json',
): string {
  const file = join(folder, name);
  writeFileSync(file, typeof experiment === 'string' ? experiment : JSON.stringify(experiment, null, 2));
  return file;
}
