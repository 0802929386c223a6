import * as vscode from 'vscode';
import { joined } from '../protocol/bytes';
import { reportInThread } from '../run/report-thread';
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
      html: (parts) => reportInThread(engine.reportScript, parts),
    },
  );
  const [file] = files;
  return { path: file.path, bytes: await bytesOf(file.content) };
}

async function bytesOf(content: ExportedFile['content']): Promise<Uint8Array> {
  if (content instanceof Uint8Array) return content;
  if (typeof content === 'string') return new TextEncoder().encode(content);
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(await bytesOf(piece));
  // The only one is not there twice.
  return pieces.length === 1 ? pieces[0] : joined(pieces);
}
