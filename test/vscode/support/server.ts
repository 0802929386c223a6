import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { installation } from './installation';
import { limit } from './limit';

/** A VS Code server with its extension hosts, in a process group of its own. */
export class VSCodeServer {
  private constructor(
    private readonly process: ChildProcess,
    readonly port: number,
    private readonly data: string,
  ) {}

  /**
   * @param data where this server keeps everything it knows
   * @param environment for the extension host, on top of ours
   * @param trust asks whether folders are trusted, as VS Code does unless it is told not to
   */
  static async start(
    data: string,
    environment: Record<string, string> = {},
    trust = false,
  ): Promise<VSCodeServer> {
    const { node, server } = await installation();
    const started = spawn(
      node,
      [
        server,
        ...['--host', '127.0.0.1', '--port', '0', '--server-data-dir', data],
        ...['--without-connection-token', '--accept-server-license-terms'],
        ...['--disable-telemetry', ...(trust ? [] : ['--disable-workspace-trust'])],
      ],
      // A group of its own: extension hosts go with it.
      { detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { ...inherited(), ...environment } },
    );
    let said = '';
    const listening = new Promise<number>((resolve, reject) => {
      const listen = (chunk: Buffer): void => {
        said += chunk.toString('utf8');
        const port = /agent listening on (\d+)/.exec(said)?.[1];
        if (port !== undefined) resolve(Number(port));
      };
      started.stdout.on('data', listen);
      started.stderr.on('data', listen);
      started.once('error', reject);
      started.once('exit', (code) => reject(new Error(`VS Code's server ended with ${code}:\n${said}`)));
    });
    try {
      return new VSCodeServer(started, await limit(60, "VS Code's server is listening", listening), data);
    } catch (error) {
      end(started);
      throw error;
    }
  }

  /** Everything that its extension hosts and extensions logged, file by file. */
  logs(): { file: string; text: string }[] {
    const folder = join(this.data, 'data', 'logs');
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.log'))
      .map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }));
  }

  /** The process that every extension host of this server descends from. */
  get pid(): number {
    return this.process.pid ?? 0;
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const gone = new Promise((resolve) => this.process.once('exit', resolve));
    end(this.process);
    await limit(10, "VS Code's server is gone", gone);
  }
}

/** Our environment without what would make a child believe that it runs under npm, vitest or another VS Code. */
function inherited(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|VSCODE_|VITEST|NODE_OPTIONS|NODE_ENV|TEST$|ELECTRON_)/.test(name),
  );
  return Object.fromEntries(kept);
}

function end({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}
