import * as vscode from 'vscode';

const section = 'repscope';

/** The settings as they are now; each is described in the manifest. */
export const settings = {
  /** Threads; undefined: as many as there are processors. */
  get workers(): number | undefined {
    const workers = number('workers', 0);
    return workers >= 1 ? Math.min(64, Math.floor(workers)) : undefined;
  },
  /** A folder may have its own. */
  analyzeOnSave(uri: vscode.Uri): boolean {
    return vscode.workspace.getConfiguration(section, uri).get('analyzeOnSave') === true;
  },
  get storeLimitBytes(): number {
    return Math.max(10, number('storeLimitMB', 2000)) * 1e6;
  },
};

/** A setting may hold anything: what is no number counts as absent. */
function number(name: string, otherwise: number): number {
  const value = vscode.workspace.getConfiguration(section).get<unknown>(name);
  return typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
}
