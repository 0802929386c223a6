import * as vscode from 'vscode';
import { broughtBy, onceRead } from './brought';
import { readExperiment } from '../sources/read-experiment';
import { Analysis } from './analysis';
import type { AnalysisSource } from './analysis-source';
import type { AnalysisState } from '../language/analysis-state';
import { EngineRoom } from './engine';
import { findDocument, isExperiment } from './experiment-file';
import { followMoves } from './follow-moves';
import { log, reason } from './log';
import { type KeptRun, RunRecords, type RunRecord } from './run-records';

/** How long a file must rest until it is compared with its results (milliseconds). */
const restAfterEdit = 300;

/** The analyses of all experiment files, and the history of their runs. */
export class Analyses implements AnalysisSource, vscode.Disposable {
  readonly engine: EngineRoom;
  readonly records: RunRecords;
  readonly #analyses = new Map<string, Analysis>();
  readonly #restored = new Map<string, Promise<void>>();
  readonly #edits = new Map<string, NodeJS.Timeout>();
  readonly #disposables: vscode.Disposable[] = [];
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #progressed = new vscode.EventEmitter<Analysis>();
  readonly #historyChanged = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  /** A run went on; at most ten times a second each. */
  readonly onDidProgress = this.#progressed.event;
  /** The history of runs has changed. */
  readonly onDidChangeHistory = this.#historyChanged.event;

  constructor(context: vscode.ExtensionContext) {
    this.engine = new EngineRoom(context);
    this.records = new RunRecords(this.engine.runs);
    this.#disposables.push(
      this.#changed,
      this.#progressed,
      this.#historyChanged,
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && this.#analyses.has(document.uri.toString())) this.#edited(document);
      }),
      vscode.workspace.onDidOpenTextDocument(({ uri }) => {
        // It may have been changed while it was closed.
        if (isExperiment(uri)) void this.restore(uri).then(() => this.#compare(uri));
      }),
      followMoves(this),
    );
  }

  /** What is known of a file. What earlier sessions of the editor left is read when it is first asked for, and announced. */
  state(document: vscode.Uri): AnalysisState | undefined {
    if (isExperiment(document)) void this.restore(document);
    return this.#analyses.get(document.toString())?.state;
  }

  find(uri: vscode.Uri): Analysis | undefined {
    return this.#analyses.get(uri.toString());
  }

  get all(): Analysis[] {
    return [...this.#analyses.values()];
  }

  get running(): Analysis[] {
    return this.all.filter(({ running }) => running);
  }

  /** The analysis of a file, made where there is none yet. */
  of(uri: vscode.Uri): Analysis {
    const name = uri.toString();
    const known = this.#analyses.get(name);
    if (known) return known;
    const analysis = new Analysis(uri, this.engine, this.records);
    this.#analyses.set(name, analysis);
    analysis.onDidChange(() => {
      this.#changed.fire(analysis.uri);
      this.#historyChanged.fire();
    });
    analysis.onDidProgress(() => this.#progressed.fire(analysis));
    return analysis;
  }

  /** Takes up what the newest run of the file left. Resolves when it is there. */
  restore(uri: vscode.Uri): Promise<void> {
    const name = uri.toString();
    let restored = this.#restored.get(name);
    if (!restored) {
      restored = this.#restore(uri).catch((error: unknown) => {
        log().warn(`What an earlier run of ${uri.path} left could not be read: ${reason(error)}`);
      });
      this.#restored.set(name, restored);
    }
    return restored;
  }

  /** A file has another name: what is known of it goes along, unless there are results of that name already. */
  async move(from: vscode.Uri, to: vscode.Uri): Promise<void> {
    await this.restore(to);
    const analysis = this.find(from);
    if (this.find(to)?.record) return;
    await this.records.move(from.toString(), to.toString());
    this.#restored.delete(from.toString());
    if (analysis) {
      this.#analyses.delete(from.toString());
      this.find(to)?.dispose();
      this.#analyses.set(to.toString(), analysis);
      analysis.moveTo(to);
      this.#changed.fire(from);
    } else {
      this.#restored.delete(to.toString());
      await this.restore(to);
    }
    this.#historyChanged.fire();
  }

  /** Shows what a run of the history found. */
  async showRun(record: RunRecord): Promise<Analysis> {
    const uri = vscode.Uri.parse(record.uri);
    const analysis = this.of(uri);
    await this.restore(uri);
    if (analysis.record?.id === record.id) return analysis;
    if (analysis.running) throw new Error('its file is being analyzed. Wait for the end, or cancel that.');
    const newest = this.records.newestOf(record)?.id === record.id;
    const [kept, by] = newest ? await this.#foundBy(record) : [await this.records.results(record.id), record];
    analysis.show(record, kept, by);
    await this.#compare(uri);
    return analysis;
  }

  async deleteRun(record: RunRecord): Promise<void> {
    const analysis = this.find(vscode.Uri.parse(record.uri));
    if (analysis?.record?.id === record.id) {
      await analysis.cancel();
      analysis.forget();
      this.#restored.delete(record.uri);
    }
    await this.records.delete(record.id);
    if (analysis) void this.restore(analysis.uri);
    // What is shown may be the newest now.
    analysis?.historyChanged();
    this.#historyChanged.fire();
  }

  /** Gives a run another name in the history; an empty one takes it away. */
  async renameRun({ id, uri }: RunRecord, name: string): Promise<void> {
    await this.records.rename(id, name);
    this.find(vscode.Uri.parse(uri))?.historyChanged();
    this.#historyChanged.fire();
  }

  dispose(): void {
    for (const timer of this.#edits.values()) clearTimeout(timer);
    for (const analysis of this.#analyses.values()) analysis.dispose();
    vscode.Disposable.from(...this.#disposables).dispose();
  }

  async #restore(uri: vscode.Uri): Promise<void> {
    await this.records.load();
    if (this.find(uri)?.record) return;
    const newest = this.records.allOf(uri.toString()).at(0);
    if (!newest) return;
    const [kept, by] = await this.#foundBy(newest);
    // A run may have begun meanwhile.
    if (this.find(uri)?.record) return;
    this.of(uri).show(newest, kept, by);
    await this.#compare(uri);
  }

  /** What the newest run of a file found. One that ended before it found anything hides nothing that was found before. */
  async #foundBy(newest: RunRecord): Promise<[KeptRun | null, RunRecord]> {
    for (const record of this.records.allOf(newest.uri)) {
      const kept = record.finished > 0 || record === newest ? await this.records.results(record.id) : null;
      if (kept) return [kept, record];
    }
    return [null, newest];
  }

  #edited(document: vscode.TextDocument): void {
    const name = document.uri.toString();
    clearTimeout(this.#edits.get(name));
    const compare = setTimeout(() => {
      this.#edits.delete(name);
      void this.#compare(document.uri);
    }, restAfterEdit);
    this.#edits.set(name, compare);
  }

  async #compare(uri: vscode.Uri): Promise<void> {
    const document = findDocument(uri);
    if (!document || !this.find(uri)) return;
    const { experiment } = await onceRead(() =>
      readExperiment(document.getText(), undefined, { files: broughtBy(uri) }),
    );
    this.find(uri)?.compareWith(experiment);
  }
}
