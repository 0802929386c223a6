import {
  CLEAR,
  type Conclusion,
  conclusionsAmongTrained,
  isTurned,
  type Verdict,
  VISIBLE,
} from '../../../src/analysis/agreement';
import { layerWords, metricNames } from '../../../src/protocol/measure-names';
import { capital } from '../../../src/formats/in-sentence';
import { isRsa } from '../../../src/protocol/pair-results';
import type { PairResults, Results } from '../../../src/protocol/results';
import { heatmapChart, rangeOf } from '../charts/heatmap';
import type { FigureContent } from '../figure-content';
import { NO_VALUE, plural, shown } from '../number';
import { saysText } from '../says';
import { hazardsAt } from './hazard-places';
import { infoOf } from './similarity-words';

/** Rows of the picture; the table has all. */
const MOST = 20;

/** Which of two networks is more like a third, by every measure that compared a layer; null where there is nothing to conclude, or one measure. */
export function agreementOf(results: Results, layer: string): FigureContent | null {
  const all = conclusionsAmongTrained(results).filter(
    (one) => one.layer === layer && one.verdicts.some(({ difference }) => difference !== null),
  );
  const [first] = all;
  if (first === undefined) return null;
  // What turns comes first, then what is clear by some.
  const order = (one: Conclusion): number =>
    isTurned(one) ? 0 : one.verdicts.some(({ clear }) => clear !== 0) ? 1 : 2;
  const sorted = [...all].sort((a, b) => order(a) - order(b));
  const drawn = sorted.slice(0, MOST);
  const measures = first.verdicts.map(({ entry }) => measureName(results, entry));
  const values = drawn.map(({ verdicts }) => verdicts.map(({ difference }) => difference));
  const turned = all.filter(isTurned).length;
  const said =
    turned === 0
      ? 'No conclusion turns'
      : `${plural(turned, 'conclusion')} of ${all.length} ${turned === 1 ? 'turns' : 'turn'}`;
  return {
    title: 'Agreement of measures',
    hazards: hazardsAt(results.hazards, 'agreement', { layer }),
    chart: heatmapChart({
      values,
      range: rangeOf(values, 0),
      diverging: true,
      measure: 'More alike by',
      columns: { names: measures },
      rows: {
        names: drawn.map(nameOf),
        borders: turned > 0 && turned < drawn.length ? [turned] : [],
        // Of many measures the columns need the room.
        wide: measures.length <= 12,
        tall: true,
      },
      pair: (row, column) => {
        const one = drawn[row];
        const verdict = one?.verdicts[column];
        return one === undefined || verdict === undefined
          ? ''
          : `${sentence(one, verdict)} by ${measures[column] ?? ''}${verdict.clear === 0 ? '; it may be chance' : ''}`;
      },
      dotted: (row, column) => drawn[row]?.verdicts[column]?.clear === 0,
      written: true,
    }),
    description: `${said} with the measure: ${plural(all.length, 'conclusion')} by ${plural(measures.length, 'measure')}.`,
    caption: `${capital(layerWords(layer))}: which of two networks a network is more like. A row “network: one, or other” is above 0 where it is more like the one, below 0 where it is more like the other (of distances with the sign turned), in the unit of each measure; “itself”: its replicates among each other. Dots: it may be chance (less than ${VISIBLE}, or the ${100 * CLEAR} % interval over replicates holds 0). ${said} with the measure${turned === 0 ? '' : ': clearly the one by some, clearly the other by others; these stand first'}.${sorted.length > MOST ? ` ${plural(sorted.length, 'conclusion')} in the table, ${MOST} in the picture.` : ''}`,
    table: {
      columns: ['network', 'more like', 'or', ...measures, 'agreement'],
      says: Object.fromEntries(
        first.verdicts.map(({ entry }, at) => [measures[at] ?? '', saysText(infoOf(results, entry.measure))]),
      ),
      rows: sorted.map((one) => [
        one.network,
        ...[one.first, one.second].map((name) => (name === one.network ? 'itself' : name)),
        ...one.verdicts.map(({ difference, low, high }) => ({ mean: difference, low, high })),
        isTurned(one) ? 'turns' : '',
      ]),
    },
  };
}

function measureName(results: Results, entry: PairResults): string {
  return isRsa(entry) ? `RSA, ${metricNames[entry.metric]}` : infoOf(results, entry.measure).title;
}

/** `both: easy only, or itself`: of two lines where there is little room. */
function nameOf({ network, first, second }: Conclusion): string {
  const [one, other] = [first, second].map((name) => (name === network ? 'itself' : name));
  return `${network}: ${one ?? ''}, or ${other ?? ''}`;
}

function sentence({ network, first, second }: Conclusion, { difference, low, high }: Verdict): string {
  if (difference === null) return `${network}: ${NO_VALUE}`;
  const [near, far] = (difference < 0 ? [second, first] : [first, second]).map((name) =>
    name === network ? 'itself' : name,
  );
  const interval = low === null || high === null ? '' : ` [${shown(low, true)}, ${shown(high, true)}]`;
  return `${network} is more like ${near ?? ''} than ${far ?? ''}: ${shown(difference, true)}${interval}`;
}
