import { findingsOf } from '../analysis/findings';
import { decimals } from '../formats/fixed';
import { mainLayer } from '../protocol/layers';
import type { Results } from '../protocol/results';

/** What a run found, in a line: the network with most tasks, its last hidden layer. */
export function summaryLine(results: Results): string {
  const trained = results.networks.filter(({ trained: yes }) => yes);
  const network = trained.sort((a, b) => b.tasks.length - a.tasks.length)[0] ?? results.networks[0];
  if (!network) return '';
  const { name: source, layers } = network;
  const layer = mainLayer(layers);
  const shares = network.tasks.flatMap((task) => {
    const where = { site: layer?.name, label: task };
    const mean = findingsOf(results).mean(source, 'varianceExplained', where)?.mean;
    return mean === null || mean === undefined ? [] : [`${task} ${short(mean)}`];
  });
  return shares.length === 0 ? '' : `${network.name}: variance explained ${shares.slice(0, 4).join(', ')}`;
}

function short(value: number): string {
  return decimals(value).replace(/^(−?)0\./, '$1.');
}
