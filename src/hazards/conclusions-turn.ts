import { type Conclusion, conclusionsOf, isTurned, type Verdict, VISIBLE } from '../analysis/agreement';
import { decimals } from '../formats/fixed';
import { inSentence } from '../formats/in-sentence';
import { layerWords, metricNames } from '../protocol/measure-names';
import { isRsa } from '../protocol/pair-results';
import type { HazardInput, HazardRule } from './hazard-rule';
import { trainedNetworks } from './trained-networks';
import { quoted } from './wording';

/** Conclusions that turn. */
const threshold = 1;

/** Which of two networks is more like a third is read off one measure, and another standard one says the opposite. */
export const conclusionsTurn: HazardRule = {
  name: 'conclusions-turn',
  describe:
    `A trained network is more like one of two trained networks than the other by one similarity, and less by another that compared the same layer: both by ${VISIBLE} or more, with 99 % intervals of the difference ` +
    '(jackknife over the replicates of all three) on opposite sides of 0. One of the two may be the network itself: its replicates among each other. All such conclusions are one hazard, which names the one that turns most.',
  link: 'https://arxiv.org/abs/2407.07059',
  evaluate(results) {
    const networks = trainedNetworks(results).map(({ name }) => name);
    const turned = conclusionsOf(results, networks).filter(isTurned);
    if (turned.length === 0) return [];
    const most = turned.reduce((largest, one) => (turnOf(one) > turnOf(largest) ? one : largest));
    const { layer, network, first, second } = most;
    const [towards, against] = ends(most);
    const more = turned.length - 1;
    return [
      {
        rule: conclusionsTurn.name,
        severity: 'warning',
        where: { network, layer },
        value: turned.length,
        threshold,
        message:
          `In ${layerWords(layer)}, ${quoted(network)} is more like ${nameOf(network, first)} than ${nameOf(network, second)} by ${said(results, towards)}, and less by ${said(results, against)}.` +
          `${more === 0 ? '' : ` So it is with ${more} more such ${more === 1 ? 'conclusion' : 'conclusions'}.`}`,
        advice:
          'Say by which measures a conclusion holds, and what these are sensitive to: “Agreement of measures” in the panel Similarity shows all conclusions by all measures.',
      },
    ];
  },
};

/** The clearest verdict each way. */
function ends({ verdicts }: Conclusion): [towards: Verdict, against: Verdict] {
  const clear = (way: 1 | -1): Verdict =>
    verdicts
      .filter((one) => one.clear === way)
      .reduce((most, one) => (sizeOf(one) > sizeOf(most) ? one : most));
  return [clear(1), clear(-1)];
}

function turnOf(conclusion: Conclusion): number {
  return Math.min(...ends(conclusion).map(sizeOf));
}

function sizeOf({ difference }: Verdict): number {
  return Math.abs(difference ?? 0);
}

function nameOf(network: string, other: string): string {
  return other === network ? 'itself' : quoted(other);
}

function said({ measures }: HazardInput, { entry, difference }: Verdict): string {
  const by = isRsa(entry) ? `RSA of ${metricNames[entry.metric]}` : inSentence(measures[entry.measure].title);
  return `${by} (${decimals(Math.abs(difference ?? 0))})`;
}
