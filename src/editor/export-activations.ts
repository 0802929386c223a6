import * as vscode from 'vscode';
import type { Analyses } from './analyses';
import { choose } from './choose';
import { shortNameOf } from './experiment-file';
import { exported } from './exported';
import { saveBytes } from './save-file';
import { inLabel } from './shown-text';

/** The activations of one replicate as a safetensors file: of every layer, on the fit and the test stimuli, with their labels. */
export async function exportActivations(analyses: Analyses, uri: vscode.Uri): Promise<void> {
  const analysis = analyses.find(uri);
  // Of those that still train there is a picture only.
  const offers = analysis?.offers.filter(({ until }) => until === undefined) ?? [];
  if (!analysis || offers.length === 0) {
    void vscode.window.showInformationMessage('There are no activations yet: analyze the file first.');
    return;
  }
  const items = offers.map((offer) => ({ label: inLabel(`${offer.network}/${offer.seed}`), offer }));
  const wording = { title: 'Export Activations', placeholder: 'The replicate whose activations are saved' };
  const chosen = await choose(items, wording);
  if (!chosen) return;
  const { network, seed } = chosen.offer;
  const bytes = await exported(analyses.engine, analysis, { what: 'activations', network, seed });
  await saveBytes(uri, `${shortNameOf(uri)} ${network} ${seed}.safetensors`, bytes);
}
