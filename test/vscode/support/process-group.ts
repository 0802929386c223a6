import { type ChildProcess, spawn } from 'node:child_process';
import { limit, until } from './limit';

/** A program with everything that it starts: one process group, which ends as one. */
export class ProcessGroup {
  private readonly child: ChildProcess;
  private said = '';
  private ended: string | undefined;

  /** @param environment on top of ours */
  constructor(
    private readonly name: string,
    command: string,
    parameters: string[],
    environment: Record<string, string>,
  ) {
    this.child = spawn(command, parameters, {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...inherited(), ...environment },
    });
    const listen = (chunk: Buffer): void => void (this.said += chunk.toString('utf8'));
    this.child.stdout?.on('data', listen);
    this.child.stderr?.on('data', listen);
    this.child.once('error', ({ message }) => (this.ended = `did not start: ${message}`));
    this.child.once('exit', (code, signal) => (this.ended ??= `ended with ${code ?? signal}`));
  }

  /** Asks until `look`, given all that was said so far, gives something; fails at once when the program has ended. */
  async until<T>(
    what: string,
    look: (said: string) => T | undefined | Promise<T | undefined>,
    seconds = 60,
  ): Promise<T> {
    const asked = (): T | undefined | Promise<T | undefined> => {
      if (this.ended !== undefined) throw new Error(`${this.name} ${this.ended}.`);
      return look(this.said);
    };
    try {
      return await until(what, asked, seconds);
    } catch (error) {
      throw new Error(`${String(error)} It said:\n${this.said.slice(-4000)}`, { cause: error });
    }
  }

  async stop(): Promise<void> {
    const { child } = this;
    if (child.pid === undefined) return;
    const alive = child.exitCode === null && child.signalCode === null;
    const gone = alive ? new Promise((resolve) => child.once('exit', resolve)) : Promise.resolve();
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // All of it is gone already.
    }
    await limit(10, `${this.name} is gone`, gone);
  }
}

/** Our environment without what would make a child believe that it runs under npm, vitest or another VS Code. */
function inherited(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|VSCODE_|VITEST|NODE_OPTIONS|NODE_ENV|TEST$|ELECTRON_)/.test(name),
  );
  return Object.fromEntries(kept);
}
