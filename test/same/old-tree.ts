// `results.json` of today as version 1 had it, so that runs can be compared with those of commits before the table: derived from the table, and of
// single units from the arrays beside it. What version 1 had in `summary` of maxima is not made again: it follows from numbers that are compared.
import { Findings } from '../../src/analysis/findings';
import { interval } from '../../src/analysis/statistics/interval';
import { extended, type Extended } from '../../src/core/extended';
import { type PackedColumn, unpackedColumns } from '../../src/core/packed-columns';
import { END, Values } from '../../src/core/values';
import { readSafetensors } from '../../src/formats/safetensors';
import type { LayerUnits, Results, ResultsFile, SelectivityResults, Value } from '../../src/protocol/results';
import { type NetworkTree, treeOf } from '../support/tree';

const statistics = ['dprime', 'auroc', 'correlation', 'classSelectivity'] as const;
type Statistic = (typeof statistics)[number];

/** The tables of a file with a text or a number for each row, however they are written: as rows, as columns, or with repeats told once. */
export function withRows(file: ResultsFile): object {
  const { values, summaries } = file;
  return {
    ...file,
    values: rowsOf(values),
    summaries: Array.isArray(summaries) ? summaries : rowsOf(summaries),
  };
}

function rowsOf(columns: object): object[] {
  const cells = Object.entries(columns).map(([name, column]) => {
    if (Array.isArray(column)) return [name, column as unknown[]] as const;
    const { names, codes, counts } = column as PackedColumn;
    return [
      name,
      codes.flatMap((code, at) => new Array(counts?.[at] ?? 1).fill(names[code]) as unknown[]),
    ] as const;
  });
  const count = cells[0]?.[1].length ?? 0;
  return Array.from({ length: count }, (_, row) => {
    const given = cells.map(([name, column]) => [name, column[row]]).filter(([, cell]) => cell !== undefined);
    return Object.fromEntries(given) as object;
  });
}

/** @param arrays the bytes of `results.safetensors` */
export function oldTree(written: ResultsFile, arrays: Uint8Array): object {
  const { rdm } = written;
  const values = unpackedColumns(written.values);
  if (!values) throw new Error('The table is none.');
  const file = { ...written, values };
  const results: Partial<ResultsFile> = { ...written };
  for (const name of ['values', 'measures', 'summaries', 'arrays', 'rdm', 'pairs'] as const)
    delete results[name];
  const unitsAt = unitReader(file, arrays);
  const findings = new Findings(file);
  const layers = [...new Set(file.networks.flatMap((network) => network.layers.map(({ name }) => name)))];
  return {
    ...results,
    schemaVersion: 1,
    networks: treeOf(file, unitsAt).map(withoutNumbers),
    modelRsa: layers.map((layer) => ({
      layer,
      metric: rdm.metric,
      comparison: rdm.comparison,
      stimulusPairs: rdm.stimulusPairs,
      used: usedOf(file, findings, layer),
      networks: Object.fromEntries(
        file.networks
          .filter((network) => network.layers.some(({ name }) => name === layer))
          .map(({ name }) => [
            name,
            Object.fromEntries(
              findings
                .labels(name, 'modelRsa', layer)
                .map((label) => [label, findings.mean(name, 'modelRsa', { site: layer, label })]),
            ),
          ]),
      ),
    })),
  };
}

/** Over how many pairs of stimuli replicates are compared with labels, by network; null where over all everywhere. */
function usedOf(file: Results, findings: Findings, layer: string): Record<string, unknown> | null {
  const all = file.networks.flatMap(({ name, layers }) => {
    const { values } = findings.mean(name, 'rdmPairsUsed', { site: layer }) ?? {};
    return values && layers.some((one) => one.name === layer) ? [{ name, used: values }] : [];
  });
  const isWhole = all.every(({ used }) => used.every((count) => count === file.rdm.stimulusPairs));
  return isWhole ? null : Object.fromEntries(all.map(({ name, used }) => [name, used]));
}

/** Version 1 had means of nothing where no replicate is done. */
function withoutNumbers(network: NetworkTree): NetworkTree {
  if (network.replicates.some(({ status }) => status === 'done')) return network;
  const none = interval([], 0.95);
  return {
    ...network,
    summary: {
      ...network.summary,
      accuracy: Object.fromEntries(network.tasks.map((task) => [task, none])),
      layers: network.summary.layers.map((layer) => ({ ...layer, participationRatio: none, sparsity: none })),
    },
  };
}

function unitReader(
  file: Results & Pick<ResultsFile, 'arrays'>,
  bytes: Uint8Array,
): (network: string, seed: number) => Record<string, LayerUnits> {
  const { tensors } = readSafetensors(bytes);
  const { labels, rows, permutations } = file.arrays.units;
  const table = new Values(file.values);
  return (network, seed) => {
    const layers = file.networks.find(({ name }) => name === network)?.layers ?? [];
    return Object.fromEntries(
      layers.flatMap(({ name: site }) => {
        const at = `units/${network}/${seed}/${site}`;
        const place = { source: network, seed: String(seed), checkpoint: END, site };
        const read = (name: string): number[][] => {
          const tensor = tensors.get(`${at}/${name}`);
          if (!tensor) return [];
          const width = tensor.shape[1] ?? tensor.shape[0];
          const all = Array.from(tensor.data, Number);
          return Array.from({ length: width > 0 ? all.length / width : 0 }, (_, row) =>
            all.slice(row * width, (row + 1) * width),
          );
        };
        const [constant] = read('constant');
        const [dead] = read('dead');
        if (!constant) return [];
        const number = (measure: string, label: string): Value =>
          table.at({ measure, ...place, label })?.value ?? null;
        const block = (prefix: string, label: string, plain: boolean) =>
          Object.fromEntries(
            statistics.map((statistic) => {
              const found = read(`${prefix}${statistic}`);
              const own =
                statistic === 'classSelectivity'
                  ? [found[labels.indexOf(label)]]
                  : rows.flatMap((row, k) => (row.label === label ? [found[k]] : []));
              const texts = own.map((row) => row.map((value) => orNull(value, plain)));
              const single =
                statistic === 'classSelectivity' || rows.find((row) => row.label === label)?.class === null;
              return [statistic, single ? texts[0] : texts];
            }),
          ) as Record<Statistic, Extended[]>;
        const selectivity = Object.fromEntries(
          labels.map((label): [string, SelectivityResults] => {
            const classes = rows.flatMap((row) =>
              row.label === label && row.class !== null ? [row.class] : [],
            );
            const shares = read('shareOfUntrained/dprime').length > 0;
            return [
              label,
              {
                ...(classes.length > 0 ? { classes } : {}),
                ...block('', label, false),
                p: block('p/', label, true),
                maximum: Object.fromEntries(
                  statistics.map((statistic) => {
                    const name = `maximum.${statistic}`;
                    return [
                      statistic,
                      {
                        value: orNull(number(name, label) ?? NaN, false),
                        p: number(`${name}.p`, label),
                        threshold: orNull(number(`${name}.threshold`, label) ?? NaN, false),
                      },
                    ];
                  }),
                ),
                permutations,
                ...(shares
                  ? {
                      shareOfUntrained: {
                        ...block('shareOfUntrained/', label, true),
                        maximum: Object.fromEntries(
                          statistics.map((statistic) => [
                            statistic,
                            number(`maximum.${statistic}.shareOfUntrained`, label),
                          ]),
                        ),
                      },
                    }
                  : {}),
              } as unknown as SelectivityResults,
            ];
          }),
        );
        const undefinedValues = Object.fromEntries(
          [...table.rows({ measure: ['selectivity'], ...listed(place) })].map(({ label, part, why = '' }) => [
            ['selectivity', label, part].filter((name) => name !== undefined).join('.'),
            why,
          ]),
        );
        const which = (marks: readonly number[]): number[] =>
          marks.flatMap((mark, unit) => (mark === 1 ? [unit] : []));
        return [
          [
            site,
            { constantUnits: which(constant), deadUnits: which(dead), selectivity, undefinedValues },
          ] as const,
        ];
      }),
    );
  };
}

function orNull(value: number, plain: boolean): Extended {
  return plain && Number.isNaN(value) ? null : extended(value);
}

function listed(place: Record<string, string>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(place).map(([name, value]) => [name, [value]]));
}
