import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import type { Analysis } from '../../../src/editor/analysis';

/** What the tests use of what the extension exports. */
export interface Exports {
  analyses: {
    find(uri: vscode.Uri): KnownAnalysis | undefined;
  };
}

type KnownAnalysis = Pick<Analysis, 'running' | 'runState' | 'results' | 'shown' | 'experiment' | 'picture'>;

export function extension(): vscode.Extension<Exports> {
  const found = vscode.extensions.getExtension<Exports>('repscope.repscope');
  assert.ok(found, 'no extension repscope.repscope');
  return found;
}

/** What is known of a file's analysis; fails where nothing is. */
export async function analysisOf(uri: vscode.Uri): Promise<KnownAnalysis> {
  const { analyses } = await extension().activate();
  const found = analyses.find(uri);
  assert.ok(found, `nothing is known of ${uri.path}`);
  return found;
}
