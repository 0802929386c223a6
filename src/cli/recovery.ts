import { fixed } from '../formats/fixed';
import { jsonPieces } from '../formats/json';
import { visible } from '../formats/visible';
import { recoveryScores } from '../protocol/recovery';
import { recovery, type RecoveryAsked, type RecoveryFound } from '../verbs/recovery';
import { exitCode } from './exit-code';
import { arrayRoom } from './array-room';
import { print } from './print';
import { aligned } from './text';

/** `repscope recovery FILE FILE`: which components and labels of the first are recovered in the second. */
export async function recoveryCommand(
  first: string,
  second: string,
  { json, ...how }: Omit<RecoveryAsked, 'first' | 'second'> & { readonly json?: boolean },
): Promise<number> {
  const found = await recovery.run({ first, second, ...how }, arrayRoom);
  await print(json === true ? jsonPieces(found) : lines(found));
  return exitCode.done;
}

function* lines({ n, missing, units, values, why }: RecoveryFound): Generator<string, void, undefined> {
  yield `recovery over ${n} stimuli${missing > 0 ? ` (${missing} without a label are left out)` : ''}, of ${units[0]} units in ${units[1]}\n\n`;
  if (values === null) {
    yield `${visible(why ?? '')}\n`;
    return;
  }
  const all = [...values.components, ...values.features];
  const rows = [
    [
      '',
      'variance',
      'in the second',
      'explained by it',
      ...recoveryScores.map((score) => `share of ${score}`),
    ],
    ...all.map(({ name, variance, explained, shares }) => [
      name,
      ...[...variance, explained[1]].map(shown),
      ...recoveryScores.map((score) => shown(shares[score])),
    ]),
    ['the score', '', '', '', ...recoveryScores.map((score) => shown(values.scores[score]))],
  ];
  for (const line of aligned(rows)) yield `${line}\n`;
}

const shown = (value: number | null): string => (value === null ? '–' : fixed(value, 4));
