// The goals of speed, each beside what the newest run of its section found.
import { fastest, nn, stackedPeers, table, torch } from './tables.mjs';

/**
 * One row a goal: what it is of, its limits, what was measured, whether more is better, and the section that it is from.
 *
 * @param results of all sections
 */
function goals({ steps = [], workers = [], headline = [], analyses = [], start = [], facts, ...documents }) {
  const transformers = documents.sequences?.steps ?? [];
  const shares = documents.answers?.shares ?? [];
  const wide = steps.some(({ ways }) => ways['nn, 1 thread, AVX2']);
  const analysis = (name) => analyses.find(({ row }) => row === name)?.ways;
  const share = (name) => {
    const ways = analysis(name);
    return ways?.python ? ways.ours.median / ways.python.median : undefined;
  };
  const ours = (name) => analysis(name)?.ours?.median;
  const faster = (rows, name, peers) => rows.map(({ ways }) => fastest(ways, peers) / ways[name]?.median);
  return [
    {
      what: 'training step against PyTorch’s nn, batches of 32 / 64 / 128 / 256 / 1,024',
      section: 'steps',
      least: wide ? [5, 3.5, 2.5, 1.9, 1.3] : [4.5, 3, 2, 1.5, 1],
      found: faster(steps, 'fused', nn),
      unit: '×',
    },
    ...(wide
      ? [
          {
            what: 'the same, both held to AVX2',
            section: 'steps',
            least: [4.5, 3, 2, 1.5, 1],
            found: faster(steps, 'fused, AVX2', ['nn, 1 thread, AVX2']),
            unit: '×',
          },
        ]
      : []),
    {
      what: 'ten seeds on two cores against the best of processes, bmm, functorch',
      section: 'workers',
      least: [2.5, 1.8, 1.4, 1.3, 1.15],
      found: faster(workers, 'fused × 2', stackedPeers),
      unit: '×',
    },
    {
      what: 'training step of a transformer against PyTorch’s, 128 × 8 / 128 × 32 / 64 × 128 tokens',
      section: 'sequences',
      least: wide ? [2, 1.5, 1.2] : [1, 1, 1],
      found: faster(transformers, 'ours', torch),
      unit: '×',
    },
    ...(wide
      ? [
          {
            what: 'the same, both held to AVX2',
            section: 'sequences',
            least: [1, 1, 1],
            found: faster(transformers, 'ours, AVX2', ['PyTorch, 1 thread, AVX2']),
            unit: '×',
          },
        ]
      : []),
    {
      what: 'the same against TensorFlow.js as it comes',
      section: 'sequences',
      least: [10, 10, 10],
      found: faster(transformers, 'ours', ['stock tfjs']),
      unit: '×',
    },
    {
      what: 'answers of an example of documents, share of its training, the greatest',
      section: 'answers',
      most: [10],
      found: shares.length === 0 ? [] : [Math.max(...shares.map(shareOfTraining))],
      unit: ' %',
    },
    {
      what: 'the headline, from command to report, batches of 1,024 / 64',
      section: 'headline',
      least: [1.5, 3],
      found: headline.map((run) => run.python?.seconds / run.ours?.seconds),
      unit: '×',
    },
    {
      what: 'share of numpy’s product at batches of 1,024',
      section: 'steps',
      least: [75],
      found: steps.slice(-1).map(({ row, ways }) => shareOfRoofline(ways.fused?.median, row, facts)),
      unit: ' %',
    },
    {
      what: 'lanes of WebAssembly alone against those of the first version',
      section: 'steps',
      least: [1.2, 1.2, 1.2, 1.2, 1.2],
      found: steps.map(
        ({ ways }) => ways['fused, plain WebAssembly']?.median / ways['fused, WebAssembly']?.median,
      ),
      unit: '×',
    },
    {
      what: 'PCA (10 components / all) · correlation RDM · Spearman, share of Python’s time',
      section: 'analyses',
      most: [1, 1, 0.35, 0.4],
      found: ['PCA, 10 components', 'PCA, all 256 components', 'correlation RDM', 'Spearman of two RDMs'].map(
        share,
      ),
      unit: '×',
    },
    {
      what: 'RSA of 20 replicates',
      section: 'analyses',
      most: [300],
      found: [ours('RSA of 20 replicates, their RDMs included')],
      unit: ' ms',
    },
    {
      what: 'dashboard of a replicate anew, selectivity stored / computed',
      section: 'analyses',
      most: [20, 20],
      found: ['stored selectivity', 'selectivity anew'].map((way) =>
        ours(`dashboard of one replicate, 256 × 128, ${way}`),
      ),
      unit: ' ms',
    },
    {
      what: '`check` of four files',
      section: 'start',
      most: [150],
      found: start.filter(({ row }) => row === checkOfFour).map(({ ways }) => ways.ours?.median),
      unit: ' ms',
    },
    {
      what: '`analyze` of the headline with nothing to train, batches of 1,024 / 64',
      section: 'headline',
      most: [2, 2],
      found: headline.map(({ again }) => again?.seconds),
      unit: ' s',
    },
  ];
}

export const checkOfFour = '`repscope check` of four examples';

/** Multiplications and additions of forward pass, weight gradients, and gradients of all layers but the first's inputs, against numpy's rate. */
export function shareOfRoofline(milliseconds, batch, facts) {
  const products = 3 * (64 * 256 + 256 * 128 + 128 * 64 + 64 * 64 + 64 * 2) - 64 * 256;
  const peak = facts?.gflops?.numpy;
  return peak && milliseconds ? ((2 * products * batch) / milliseconds / 1e6 / peak) * 100 : undefined;
}

/** Of the time of its training, in percent. */
export const shareOfTraining = ({ training, answering }) => (100 * answering) / training;

const short = (value) => (value >= 10 ? value.toFixed(0) : value.toPrecision(2));

/** @returns Markdown; of several numbers in a row those in bold miss their goal */
export function goalsTable(results) {
  return table(
    ['must reach', 'goal', 'measured', 'on', ''],
    goals(results).map(({ what, section, least, most, found, unit }) => {
      const limits = least ?? most;
      const holds = (value, at) => (least ? value >= limits[at] : value <= limits[at]);
      const known = found.length > 0 && found.every((value) => Number.isFinite(value));
      const each = known
        ? found.map((value, at) => (holds(value, at) ? short(value) : `**${short(value)}**`))
        : ['–'];
      return [
        what,
        `${least ? '≥' : '≤'} ${(new Set(limits).size === 1 ? limits.slice(0, 1) : limits).join(' / ')}${unit}`,
        `${each.join(' / ')}${known ? unit : ''}`,
        results.dates?.[section] ?? '–',
        !known ? 'not measured' : found.every(holds) ? 'met' : 'missed',
      ];
    }),
  );
}
