import { areBrought, turnedWinners } from '../analysis/model-agreement';
import type { ModelTests, Results, Value } from '../protocol/results';
import type { Columns } from './table';

/** The tables of tests of model RDMs, of results that have some. */
export const modelTestTables: Readonly<Record<string, (results: Results) => Columns>> = {
  'model-tests': modelTests,
  'model-differences': modelDifferences,
  'model-agreement': modelAgreement,
};

/** Where tests of model RDMs are, in columns. */
function placeOfTests(results: Results): {
  where: readonly string[];
  at: (tests: ModelTests) => (string | number)[];
} {
  const isSwept = results.modelTests?.some(({ point }) => point !== undefined) ?? false;
  return {
    where: ['network', ...(isSwept ? ['point'] : []), 'layer'],
    at: ({ network, point = 0, layer }) => [network, ...(isSwept ? [point] : []), layer],
  };
}

/** The score of each model RDM with its tests; where `seed` says one, the similarity with that replicate. */
function modelTests(results: Results): Columns {
  const { where, at } = placeOfTests(results);
  const rows = (results.modelTests ?? []).flatMap((tests) =>
    tests.models.flatMap(({ name, value, bySubject, error, low, high, aboveZero, ceiling }) => [
      [
        ...[...at(tests), tests.method, name, '', value, error, low, high, aboveZero.p, aboveZero.corrected],
        ...[ceiling.p, ceiling.corrected, tests.ceiling.lower, tests.ceiling.upper],
        ...[tests.stimuli, tests.pairs, value === null ? (tests.why ?? '') : ''],
      ],
      ...bySubject.map((one, replicate) => [
        ...[...at(tests), tests.method, name, tests.seeds[replicate], one],
        ...Array.from({ length: 9 }, () => null),
        ...[tests.stimuli, tests.pairs, ''],
      ]),
    ]),
  );
  return {
    header: [
      ...[...where, 'method', 'model', 'seed', 'value', 'standard_error', 'low', 'high', 'p_above_zero'],
      ...['p_above_zero_corrected', 'p_ceiling', 'p_ceiling_corrected', 'ceiling_lower', 'ceiling_upper'],
      ...['stimuli', 'pairs', 'reason'],
    ],
    rows,
  };
}

function modelDifferences(results: Results): Columns {
  const { where, at } = placeOfTests(results);
  const rows = (results.modelTests ?? []).flatMap((tests) =>
    tests.differences.map(({ first, second, difference, p, corrected }) => [
      ...[...at(tests), tests.method, first, second, difference, p, corrected],
    ]),
  );
  return { header: [...where, 'method', 'model', 'less', 'difference', 'p', 'p_corrected'], rows };
}

/** The similarity of each model RDM with each replicate, by every standard distance and comparison; the chosen ones first. RDMs that were brought along have no distance. */
function modelAgreement(results: Results): Columns {
  const { where, at } = placeOfTests(results);
  const rows = (results.modelTests ?? []).flatMap((tests) => {
    const brought = areBrought(results, tests);
    const turned = new Set(turnedWinners(tests).map(({ by }) => by));
    return (tests.agreement ?? []).flatMap((one) =>
      one.bySubject.flatMap((values, model) =>
        values.map((value, replicate): (string | Value)[] => [
          ...[...at(tests), brought ? '' : one.metric, one.method, tests.models[model].name],
          ...[tests.seeds[replicate], value, String(turned.has(one))],
        ]),
      ),
    );
  });
  return { header: [...where, 'metric', 'method', 'model', 'seed', 'value', 'winner_turns'], rows };
}
