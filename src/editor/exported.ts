import { Worker } from 'node:worker_threads';
import * as vscode from 'vscode';
import type { ReportParts } from '../formats/html';
import { joined } from '../protocol/bytes';
import { exportRun, type ExportedFile } from '../verbs/export';
import type { Analysis } from './analysis';
import { webviewFolder } from './dashboard-html';
import type { EngineRoom } from './engine';

/** One file of the run that is shown, and where it is in the folder of a run. */
export async function exported(
  engine: EngineRoom,
  analysis: Analysis,
  asked: Omit<Parameters<typeof exportRun.run>[0], 'run'>,
): Promise<{ readonly path: string; readonly bytes: Uint8Array }> {
  const asset = async (name: string): Promise<string> => {
    const path = vscode.Uri.joinPath(webviewFolder(engine.extension), name);
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(path));
  };
  const { files } = await exportRun.run(
    { run: analysis.uri.toString(), ...asked },
    {
      opened: () => Promise.resolve(analysis.open()),
      dashboard: async () => {
        const names = ['dashboard.js', 'plotly-gl3d.js', 'dashboard.css'];
        const [bundle, plotly, styles] = await Promise.all(names.map(asset));
        return { bundle, plotly, styles };
      },
      html: (parts) => inThread(engine.reportScript, parts),
    },
  );
  const [file] = files;
  return { path: file.path, bytes: bytesOf(file.content) };
}

/** Compressing five megabytes takes a while: not on the editor's thread. */
function inThread(script: string, parts: ReportParts): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(script, { workerData: parts });
    worker.once('message', (bytes: Uint8Array) => resolve(bytes));
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`The report's thread ended with ${code}.`)));
  });
}

function bytesOf(content: ExportedFile['content']): Uint8Array {
  if (typeof content === 'string') return new TextEncoder().encode(content);
  return content instanceof Uint8Array ? content : joined([...content].map(bytesOf));
}
