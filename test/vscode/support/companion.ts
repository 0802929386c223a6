import { cpSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { limit } from './limit';
import { project } from './project';

/**
 * Puts the extension that sits beside ours, for the tests only, into the data of a VS Code that was not started yet.
 *
 * Its package.json says what it weighs (`__metadata`), as after an installation: where that is missing, a VS Code that starts for the
 * first time writes the file anew, and where it reads the file at that moment, too, finds it empty and does without the extension.
 */
export function installCompanion(data: string): void {
  const name = 'repscope-tests.repscope-companion-0.0.0';
  cpSync(join(project, 'test', 'vscode', 'companion'), join(data, 'extensions', name), { recursive: true });
}

export interface HostState {
  /** Worker threads of ours that live. */
  workers: number;
  /** Those that were started in this extension host. */
  started: number;
  /** The longest that the host's thread stood still since it was last asked, for whatever reason, in milliseconds. */
  blocked: number;
  /** The longest that it was at work without a pause, in milliseconds; null where the system does not say. */
  busy: number | null;
  rejections: string[];
  /** The extension host's process. */
  pid: number;
  active: boolean;
}

/** Speaks with the companion through its socket. */
export class Companion {
  constructor(readonly socket: string) {}

  state(): Promise<HostState> {
    return this.ask<HostState>({ do: 'state' });
  }

  /** Ends one of our worker threads; false where there was none. */
  async kill(which: number): Promise<boolean> {
    return (await this.ask<{ killed: boolean }>({ do: 'kill', which })).killed;
  }

  /** Changes a setting of the user, as the settings editor does. */
  async configure(setting: string, value: unknown): Promise<void> {
    await this.ask({ do: 'configure', setting, value });
  }

  /** A setting as extensions see it. */
  async setting(setting: string): Promise<unknown> {
    return (await this.ask<{ value: unknown }>({ do: 'setting', setting })).value;
  }

  /** The bytes of a file, read as extensions do; undefined where there is none. */
  async read(uri: string): Promise<Buffer | undefined> {
    const answer = await this.ask<{ base64: string }>({ do: 'read', uri }).catch(() => undefined);
    return answer && Buffer.from(answer.base64, 'base64');
  }

  async execute(command: string, ...parameters: unknown[]): Promise<unknown> {
    return (await this.ask<{ result: unknown }>({ do: 'execute', command, parameters })).result;
  }

  private async ask<T>(question: object): Promise<T> {
    const answered = new Promise<T>((resolve, reject) => {
      let said = '';
      const socket = connect(this.socket, () => socket.write(`${JSON.stringify(question)}\n`));
      socket.once('error', reject);
      socket.on('data', (chunk) => (said += chunk.toString('utf8')));
      socket.once('end', () => {
        const answer = JSON.parse(said || '{"error":"no answer"}') as T & { error?: string };
        if (answer.error === undefined) resolve(answer);
        else reject(new Error(`The companion says: ${answer.error}`));
      });
    });
    return limit(30, `the companion answers ${JSON.stringify(question)}`, answered);
  }
}
