import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';

/** What the tests use of what the extension exports. */
export interface Exports {
  analyses: {
    find(uri: vscode.Uri): KnownAnalysis | undefined;
  };
}

interface KnownAnalysis {
  readonly running: boolean;
  readonly runState: { status: string; finished: number; planned: number; quick: boolean };
  readonly results: {
    title: string;
    fingerprint: string;
    networks: { name: string; replicates: { seed: number; status: string }[] }[];
  } | null;
}

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
