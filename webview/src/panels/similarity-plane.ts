import { labelledReplicate } from '../../../src/core/replicate';
import { markAt } from '../../../src/formats/marks';
import { layerWords } from '../../../src/protocol/measure-names';
import type { MeasureInfo, PairResults } from '../../../src/protocol/results';
import { rangeOf } from '../charts/extent';
import { onePanel } from '../charts/one-panel';
import type { Picture, Plot, Points } from '../charts/picture';
import { pictureChart } from '../charts/picture-chart';
import type { FigureContent } from '../figure-content';
import { percent, plural, shown } from '../number';
import { withoutPicture } from '../panel';

/** Kruskal's own words for how well distances in the plane stand for what they should; three points lie in every plane. */
function fitOf(stress: number, points: number): string {
  if (points <= 3 && stress <= 0.1) return `${points} points fit in any plane: that says nothing`;
  if (stress > 0.2) return 'above 0.2: a poor fit';
  return stress > 0.1 ? '0.1 to 0.2: a fair fit' : 'at most 0.1: a good fit';
}

/** The replicates as points whose distances stand for their dissimilarity. */
export function planeOf(entry: PairResults, info: MeasureInfo): FigureContent {
  const { mds } = entry;
  if (mds === null)
    return withoutPicture(
      `${layerWords(entry.layer)}: no plane of the replicates. ${entry.undefinedValues['mds'] ?? ''}`,
    );
  const names = entry.labels.map((label) => labelledReplicate(label).source);
  const networks = new Set(names).size;
  const [first = 0, then = 0] = mds.share;
  const all = plural(entry.labels.length, 'replicate');
  const there = mds.x.filter((x) => x !== null).length;
  const some = there === entry.labels.length ? '' : `${there} of ${all}: the others lack similarities. `;
  return {
    chart: pictureChart((page) => planePicture(entry.labels, mds, page)),
    description: `${some}${all} of ${plural(networks, 'network')}.`,
    caption:
      `${layerWords(entry.layer)}: classical scaling of ${info.more === 'unlike' ? 'the distances' : '√(2 (1 − similarity))'} to two dimensions; the axes themselves mean nothing. ${some}` +
      `They hold ${percent(first + then)} of the positive eigenvalues. Kruskal’s stress-1 = ${mds.stress.toFixed(3)} (${fitOf(mds.stress, there)}).`,
    table: {
      columns: ['replicate', 'dimension 1', 'dimension 2'],
      rows: entry.labels.map((label, at) => [label, mds.x[at] ?? null, mds.y[at] ?? null]),
    },
  };
}

/** A point for each replicate, in the colour and shape of its network. */
function planePicture(
  labels: readonly string[],
  { x, y, share }: NonNullable<PairResults['mds']>,
  page: number,
): Picture {
  const of = labels.map((label) => labelledReplicate(label).source);
  const networks = [...new Set(of)];
  const placed = labels.flatMap((label, at) => {
    const [across, up] = [x[at] ?? null, y[at] ?? null];
    return across === null || up === null
      ? []
      : [{ label, across, up, network: networks.indexOf(of[at] ?? '') }];
  });
  const title = (at: number): string => `Dimension ${at + 1} (${percent(share[at] ?? 0)})`;
  const [all, tall] = [placed.map(({ across }) => across), placed.map(({ up }) => up)];
  const marks = networks.map((_, network): Points => {
    const own = placed.filter((point) => point.network === network);
    return {
      kind: 'points',
      x: own.map(({ across }) => across),
      y: own.map(({ up }) => up),
      colour: { networks: network },
      shape: markAt(network),
      radius: 5,
      rim: true,
      says: (point) => {
        const { label = '', across = null, up = null } = own[point] ?? {};
        return [label, `${shown(across, true)}, ${shown(up, true)}`];
      },
    };
  });
  const plot: Plot = {
    x: { title: title(0), range: rangeOf(all) },
    y: { title: title(1), range: rangeOf(tall) },
    height: Math.min(360, Math.max(200, 0.66 * page)),
    equal: true,
    marks,
  };
  const entries = networks.map((name, at) => ({ name, colour: { networks: at }, shape: markAt(at) }));
  return onePanel([plot], { legend: [{ head: 'network', entries }] });
}
