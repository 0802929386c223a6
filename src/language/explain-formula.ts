import type { Experiment, Feature } from '../experiment/experiment';
import type { Comparison, Expression } from '../experiment/expression';
import type { Marks } from './facts';
import { listed } from './wording';

const WORDS: Readonly<Record<Comparison, string>> = {
  '==': 'exactly',
  '!=': 'any number but',
  '<': 'fewer than',
  '<=': 'at most',
  '>': 'more than',
  '>=': 'at least',
};

const MOST_DEPTH = 3;

/** What an expression says, in words: `an odd number of h[0], h[1] and h[2] are 1`. */
export function explainFormula(expression: Expression, { stimuli }: Experiment, { word }: Marks): string {
  const bit = ({ feature, index }: Bit): string => word(`${feature}[${index}]`);
  const valueOf = (feature: Feature | undefined, index: number): string =>
    word(feature?.values[index] ?? String(index));
  const features = new Map(stimuli.features.map((feature) => [feature.name, feature]));
  const explain = (part: Expression, depth: number): string => {
    if (depth > MOST_DEPTH) return '…';
    switch (part.kind) {
      case 'constant':
        return part.value ? 'always' : 'never';
      case 'is':
        return `${word(part.feature)} is ${valueOf(features.get(part.feature), part.value)}`;
      case 'same':
        return `${word(part.left)} and ${word(part.right)} have the same value`;
      case 'bit':
        return `${bit(part)} is 1`;
      case 'compare':
        return `${word(`${part.feature}[${part.index}] ${part.operator} ${part.number}`)}`;
      case 'not':
        return part.of.kind === 'bit' ? `${bit(part.of)} is 0` : `not (${explain(part.of, depth + 1)})`;
      case 'and':
      case 'or': {
        const bits = bitNames(part.of, bit);
        if (bits && part.of.length > 1)
          return `${part.kind === 'and' ? 'all' : 'any'} of ${listed(bits)} are 1`;
        return parts(part.of, depth).join(part.kind === 'and' ? ' and ' : ' or ');
      }
      case 'parity': {
        const bits = bitNames(part.of, bit);
        if (part.of.length === 2 && !bits)
          return `either ${parts(part.of, depth).join(' or ')}, but not both`;
        return bits
          ? `an odd number of ${listed(bits)} are 1`
          : `an odd number of these hold: ${parts(part.of, depth).join('; ')}`;
      }
      case 'count': {
        const number = `${WORDS[part.operator]} ${part.number}`;
        const bits = bitNames(part.of, bit);
        return bits
          ? `${number} of ${listed(bits)} are 1`
          : `${number} of these hold: ${parts(part.of, depth).join('; ')}`;
      }
    }
  };
  const parts = (of: readonly Expression[], depth: number): string[] => {
    const shown = of.slice(0, 6).map((part) => explain(part, depth + 1));
    return of.length > shown.length ? [...shown, '…'] : shown;
  };
  return explain(expression, 0);
}

/** The names of bits, where all parts are bits; three or more in a row by the first and the last. */
function bitNames(parts: readonly Expression[], bit: (one: Bit) => string): string[] | null {
  const bits = parts.flatMap((part) => (part.kind === 'bit' ? [part] : []));
  if (bits.length !== parts.length) return null;
  const names: string[] = [];
  for (let first = 0, last = 0; first < bits.length; first = ++last) {
    while (isNext(bits[last], bits[last + 1])) last++;
    if (last - first >= 2) names.push(`${bit(bits[first])} to ${bit(bits[last])}`);
    else names.push(...bits.slice(first, last + 1).map(bit));
  }
  return names;
}

type Bit = Expression & { kind: 'bit' };

function isNext(one: Bit, other: Bit | undefined): boolean {
  return other?.feature === one.feature && other.index === one.index + 1;
}
