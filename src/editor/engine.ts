import * as vscode from 'vscode';
import type { Experiment } from '../experiment/experiment';
import { Session } from '../run/session';
import { settings } from './settings';

/** Where the engine's parts are, and sessions with them. */
export class EngineRoom {
  readonly #context: vscode.ExtensionContext;

  constructor(context: vscode.ExtensionContext) {
    this.#context = context;
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

  /** A session that runs an experiment, on as many threads as the settings say. */
  runSession(experiment: Experiment): Session {
    return this.#session(experiment, settings.workers, true);
  }

  /** A session that answers views. */
  viewSession(experiment: Experiment): Session {
    return this.#session(experiment, 1, false);
  }

  #session(experiment: Experiment, workers: number | undefined, previews: boolean): Session {
    return new Session(experiment, {
      previews,
      // Training goes behind what the user looks at, and that behind the windows themselves.
      stepsBack: previews ? 'much' : 'little',
      withoutUnits: true,
      script: this.#file('dist', 'worker.js').fsPath,
      store: this.store,
      capBytes: settings.storeLimitBytes,
      workers,
    });
  }

  /** A file of the extension. */
  #file(...path: string[]): vscode.Uri {
    return vscode.Uri.joinPath(this.#context.extensionUri, ...path);
  }
}
