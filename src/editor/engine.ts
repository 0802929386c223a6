import * as vscode from 'vscode';
import type { Experiment } from '../experiment/experiment';
import { Session } from '../run/session';
import type { Planned } from '../verbs/analyze';
import { log } from './log';
import { settings } from './settings';

/** Threads of a run stay so long after it (milliseconds): who changes a word and analyses again does not wait for new ones. */
const warmFor = 60_000;

/** Where the engine's parts are, and sessions with them. */
export class EngineRoom {
  readonly #context: vscode.ExtensionContext;
  /** Threads that have nothing to do but to be there when their file is analysed again; of one run at a time. */
  #warm: { readonly session: Session; readonly timer: NodeJS.Timeout } | undefined;

  constructor(context: vscode.ExtensionContext) {
    this.#context = context;
    context.subscriptions.push({ dispose: () => void this.#takeWarm()?.dispose() });
  }

  /** Folder of the finished work of all experiments; on local disk, as all that an extension keeps. */
  get store(): string {
    return vscode.Uri.joinPath(this.#context.globalStorageUri, 'store').fsPath;
  }

  /** Folder of the history of runs. */
  get runs(): string {
    return vscode.Uri.joinPath(this.#context.globalStorageUri, 'runs').fsPath;
  }

  /** Folder of the extension. */
  get extension(): vscode.Uri {
    return this.#context.extensionUri;
  }

  /** The script of the thread that writes reports. */
  get reportScript(): string {
    return this.#file('dist', 'report-worker.js').fsPath;
  }

  /** A session that runs an experiment; the one that was kept, if it was of the same. */
  runSession({ experiment, workers, fewer }: Planned): Session {
    const known = this.#warm?.session.experiment;
    const same = known && JSON.stringify(known) === JSON.stringify(experiment);
    const warm = same ? this.#takeWarm() : undefined;
    if (warm) return warm;
    if (fewer !== null) log().warn(`${fewer}: ${workers} of them run.`);
    return this.#session(experiment, workers, true);
  }

  /** Keeps the threads of a run that is over for a while. */
  keepWarm(session: Session): void {
    void this.#takeWarm()?.dispose();
    const timer = setTimeout(() => void this.#takeWarm()?.dispose(), warmFor);
    this.#warm = { session, timer };
  }

  #takeWarm(): Session | undefined {
    clearTimeout(this.#warm?.timer);
    const session = this.#warm?.session;
    this.#warm = undefined;
    return session;
  }

  /** A session that answers views. */
  viewSession(experiment: Experiment): Session {
    return this.#session(experiment, 1, false);
  }

  #session(experiment: Experiment, workers: number, previews: boolean): Session {
    return new Session(experiment, {
      previews,
      // Training goes behind what the user looks at, and that behind the windows themselves.
      stepsBack: previews ? 'much' : 'little',
      withoutUnits: true,
      script: this.#file('dist', 'worker.js').fsPath,
      store: this.store,
      capBytes: settings.storeLimitBytes,
      adoptStore: true,
      warn: (message) => log().warn(message),
      workers,
    });
  }

  /** A file of the extension. */
  #file(...path: string[]): vscode.Uri {
    return vscode.Uri.joinPath(this.#context.extensionUri, ...path);
  }
}
