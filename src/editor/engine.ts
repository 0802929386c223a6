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

  /** @param workers threads; by default as the settings say */
  session(experiment: Experiment, workers = settings.workers): Session {
    return new Session(experiment, {
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
