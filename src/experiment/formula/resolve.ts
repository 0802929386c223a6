import type { Budget } from '../budget';
import type { Span } from '../document';
import type { Feature } from '../experiment';
import type { Comparison, Expression } from '../expression';
import { quote, quoteAll } from '../names';
import { areTruths } from '../truth-values';
import type { Name, Syntax } from './syntax';
import { writeName } from './tokens';

/** What the names of a formula may mean. */
export interface Scope {
  readonly features: ReadonlyMap<string, Feature>;
  /** Names of tasks, which a formula may not use. */
  readonly tasks: { has(name: string): boolean };
  /** Features that the file names but that have problems of their own: formulas with them are given up silently. */
  readonly broken: ReadonlySet<string>;
  /** Pays for what all formulas of the file name. */
  readonly parts: Budget;
}

/** Receives what is wrong; spans count in the formula. `known` are the names that were possible. */
type Report = (
  code: string,
  message: string,
  span: Span,
  known?: { readonly written: string; readonly names: Iterable<string> },
) => void;

/** More parts than this are not worked out: `xor(h, h, h, …)` would grow far beyond the file. */
const MAX_PARTS = 65_536;

/**
 * Looks up the names of a formula.
 *
 * @param where for messages, as in `the formula of task 'hard'`
 * @returns the expression, or null after something was reported
 */
export function resolveFormula(
  syntax: Syntax,
  scope: Scope,
  where: string,
  report: Report,
): Expression | null {
  return new Resolver(scope, where, report).truth(syntax);
}

/** The expression for "the feature has its second value". */
export function secondValue(feature: Feature): Expression {
  return { kind: 'is', feature: feature.name, value: 1 };
}

class Resolver {
  private parts = 0;

  constructor(
    private readonly scope: Scope,
    private readonly where: string,
    private readonly report: Report,
  ) {}

  /** An expression that is true or false. */
  truth(syntax: Syntax): Expression | null {
    switch (syntax.kind) {
      case 'constant':
        return { kind: 'constant', value: syntax.value };
      case 'number': {
        // As in `h[0] == 1`.
        if (syntax.number === 0 || syntax.number === 1)
          return { kind: 'constant', value: syntax.number === 1 };
        return this.wrong(
          'formula-type',
          `The number ${syntax.text} is neither true nor false; compare a feature with it`,
          syntax,
        );
      }
      case 'name':
        return this.bareName(syntax);
      case 'element':
        return this.element(syntax.of, syntax.index, syntax.span);
      case 'slice': {
        const name = syntax.of.name;
        return this.wrong(
          'formula-type',
          `A slice is not true or false by itself; write parity(${writeName(name)}[…]) or count(…) >= 1`,
          syntax,
        );
      }
      case 'call':
        return this.call(syntax);
      case 'not': {
        const of = this.truth(syntax.of);
        return of && { kind: 'not', of };
      }
      case 'and':
      case 'or': {
        const of = this.all(syntax.of);
        if (!of) return null;
        return of.length === 1 ? of[0] : { kind: syntax.kind, of };
      }
      case 'compare':
        return this.compare(syntax);
    }
  }

  private all(parts: readonly Syntax[]): Expression[] | null {
    const found = parts.map((part) => this.truth(part));
    return found.every((part) => part !== null) ? found : null;
  }

  private bareName(syntax: Name): Expression | null {
    const feature = this.feature(syntax);
    if (!feature) return null;
    const name = writeName(feature.name);
    switch (feature.kind) {
      case 'binary':
        if (areTruths(feature.values)) return secondValue(feature);
        return this.wrong(
          'which-value',
          `${quote(feature.name)} has the values ${quoteAll(feature.values)}, neither true nor false; compare it with one, as in ${name} == ${writeName(feature.values[1])}`,
          syntax,
        );
      case 'categorical':
        return this.wrong(
          'which-value',
          `${quote(feature.name)} has ${feature.values.length} values; compare it with one, as in ${name} == ${writeName(feature.values[0])}`,
          syntax,
        );
      case 'bits':
        if (feature.width === 1) return { kind: 'bit', feature: feature.name, index: 0 };
        return this.wrong(
          'formula-type',
          `${quote(feature.name)} is a vector of ${feature.width} bits; write parity(${name}) or one bit, as in ${name}[0]`,
          syntax,
        );
      case 'real':
        return this.wrong(
          'formula-type',
          `${quote(feature.name)} is a number; compare it with one, as in ${name} > 0`,
          syntax,
        );
    }
  }

  private element(of: Name, index: number, span: Span): Expression | null {
    const feature = this.vector(of, span);
    if (!feature || !this.inside(feature, index, span)) return null;
    if (feature.kind === 'bits') return { kind: 'bit', feature: feature.name, index };
    return this.wrong(
      'formula-type',
      `${quote(feature.name)} holds numbers; compare one with a number, as in ${writeName(feature.name)}[${index}] > 0`,
      { span },
    );
  }

  private call(syntax: Syntax & { kind: 'call' }): Expression | null {
    if (syntax.function === 'count') {
      return this.wrong(
        'formula-type',
        'The count is a number; compare it with one, as in count(…) >= 2',
        syntax,
      );
    }
    const of = this.list(syntax.parts);
    if (!of) return null;
    switch (syntax.function) {
      case 'xor':
      case 'parity':
        return { kind: 'parity', of };
      case 'all':
        return { kind: 'and', of };
      case 'any':
        return { kind: 'or', of };
    }
  }

  /** Parts of a function: bit vectors and slices stand for their bits. */
  private list(parts: readonly Syntax[]): Expression[] | null {
    const found: Expression[] = [];
    let whole = true;
    for (const part of parts) {
      const bits = this.bitsOf(part);
      if (bits === 'no') {
        const truth = this.truth(part);
        if (truth) found.push(truth);
        else whole = false;
      } else if (bits === null) whole = false;
      else {
        this.parts += bits.to - bits.from;
        if (this.parts > MAX_PARTS) {
          return this.wrong('formula-too-large', `More than ${MAX_PARTS} bits are named; name fewer`, part);
        }
        if (!this.scope.parts.spend(bits.to - bits.from)) return this.tooLarge(part.span);
        for (let index = bits.from; index < bits.to; index++) {
          found.push({ kind: 'bit', feature: bits.feature.name, index });
        }
      }
    }
    return whole ? found : null;
  }

  /** The bits that a vector or slice stands for; `no` where it is neither; null after a problem. */
  private bitsOf(syntax: Syntax): { feature: Feature; from: number; to: number } | 'no' | null {
    if (syntax.kind === 'name') {
      const feature = this.scope.features.get(syntax.name);
      return feature?.kind === 'bits' ? { feature, from: 0, to: feature.width } : 'no';
    }
    if (syntax.kind !== 'slice') return 'no';
    const feature = this.vector(syntax.of, syntax.span);
    if (!feature) return null;
    const from = syntax.from ?? 0;
    const to = syntax.to ?? feature.width;
    const name = writeName(feature.name);
    if (feature.kind !== 'bits') {
      return this.wrong(
        'formula-type',
        `${quote(feature.name)} holds numbers, not bits; compare each, as in ${name}[0] > 0`,
        syntax,
      );
    }
    if (from >= to) {
      const example = `${name}[0:${feature.width}]`;
      return this.wrong(
        'index-out-of-range',
        `The slice ${name}[${from}:${to}] is empty; the end is not part of a slice, so all bits are ${example}`,
        syntax,
      );
    }
    return this.inside(feature, to - 1, syntax.span) ? { feature, from, to } : null;
  }

  private compare(syntax: Syntax & { kind: 'compare' }): Expression | null {
    const { operator, left, right } = syntax;
    return (
      this.compareNumber(left, operator, right) ??
      this.compareNumber(right, MIRRORED[operator], left) ??
      this.compareValue(left, operator, right, syntax.span) ??
      this.compareTruth(left, operator, right, syntax.span)
    ).expression;
  }

  /** `z > .5`, `z[1] > 0`, `count(h) >= 2`; undefined where the left side is no number. */
  private compareNumber(left: Syntax, operator: Comparison, right: Syntax): Outcome | undefined {
    if (left.kind === 'call' && left.function === 'count') {
      const of = this.list(left.parts);
      if (right.kind !== 'number' || !Number.isInteger(right.number)) {
        return none(
          this.wrong('formula-type', 'A count compares with a whole number, as in count(…) >= 2', right),
        );
      }
      return { expression: of && { kind: 'count', of, operator, number: right.number } };
    }
    if (left.kind !== 'name' && left.kind !== 'element') return undefined;
    const name = left.kind === 'name' ? left : left.of;
    const feature = this.scope.features.get(name.name);
    if (feature?.kind !== 'real') return undefined;
    if (left.kind === 'name' && feature.width > 1) {
      return none(
        this.wrong(
          'formula-type',
          `${quote(feature.name)} has ${feature.width} components; name one, as in ${writeName(feature.name)}[0]`,
          left,
        ),
      );
    }
    const index = left.kind === 'name' ? 0 : left.index;
    if (!this.inside(feature, index, left.span)) return none(null);
    if (right.kind !== 'number' || !Number.isFinite(right.number)) {
      return none(
        this.wrong(
          'formula-type',
          `${quote(feature.name)} compares with a number, as in ${writeName(feature.name)} > 0.5`,
          right,
        ),
      );
    }
    return { expression: { kind: 'compare', feature: feature.name, index, operator, number: right.number } };
  }

  /** `shape == circle`, `circle == shape`, `shape == otherShape`; undefined where neither side is a feature with values. */
  private compareValue(left: Syntax, operator: Comparison, right: Syntax, span: Span): Outcome | undefined {
    const one = this.valueFeature(left);
    const other = this.valueFeature(right);
    const [feature, value] = one ? [one, right] : [other, left];
    if (!feature) return undefined;
    if (operator !== '==' && operator !== '!=') {
      const message = `The values of ${quote(feature.name)} have no order; compare with == or !=`;
      return none(this.wrong('formula-type', message, { span }));
    }
    const finish = (expression: Expression): Outcome => ({
      expression: operator === '==' ? expression : { kind: 'not', of: expression },
    });
    const written = wordOf(value);
    const index = written === null ? -1 : feature.values.indexOf(written);
    if (index >= 0) return finish({ kind: 'is', feature: feature.name, value: index });
    if (one && other) {
      // `circle == shape` where a feature is called circle, too.
      const reversed = left.kind === 'name' ? other.values.indexOf(left.name) : -1;
      if (reversed >= 0) return finish({ kind: 'is', feature: other.name, value: reversed });
      return this.same(one, other, span, finish);
    }
    if (written === null) {
      // A truth value beside a binary feature, as in `a == (b and c)`.
      if (feature.kind === 'binary' && value.kind !== 'number') return undefined;
      const example = `${writeName(feature.name)} == ${writeName(feature.values[0])}`;
      return none(
        this.wrong(
          'formula-type',
          `${quote(feature.name)} compares with one of its values, as in ${example}`,
          value,
        ),
      );
    }
    if (this.scope.broken.has(written)) return none(null);
    const message = `Unknown value ${quote(written)} of ${quote(feature.name)} in ${this.where}`;
    this.report('unknown-value', message, value.span, { written, names: feature.values });
    return none(null);
  }

  private same(
    one: Feature,
    other: Feature,
    span: Span,
    finish: (expression: Expression) => Outcome,
  ): Outcome {
    if (!this.scope.parts.spend(one.values.length + other.values.length)) return none(this.tooLarge(span));
    const right = new Map(other.values.map((value, index) => [value, index]));
    const pairs = one.values.flatMap((value, index): [number, number][] => {
      const match = right.get(value);
      return match === undefined ? [] : [[index, match]];
    });
    if (pairs.length > 0) return finish({ kind: 'same', left: one.name, right: other.name, pairs });
    const message = `${quote(one.name)} and ${quote(other.name)} have no value in common; give equal values the same name`;
    return none(this.wrong('no-common-values', message, { span }));
  }

  /** `h[0] == h[1]`, `h[0] == 1`, `parity(h) != easy`: equality of truth values. */
  private compareTruth(left: Syntax, operator: Comparison, right: Syntax, span: Span): Outcome {
    // What an unknown feature is compared with has no meaning yet.
    const subject = left.kind === 'element' ? left.of : left.kind === 'name' ? left : null;
    if (subject && !this.feature(subject)) return none(null);
    const of = this.all([left, right]);
    if (!of) return none(null);
    if (operator !== '==' && operator !== '!=') {
      return none(this.wrong('formula-type', `Truth values have no order; compare with == or !=`, { span }));
    }
    const differ: Expression = { kind: 'parity', of };
    return { expression: operator === '!=' ? differ : { kind: 'not', of: differ } };
  }

  private valueFeature(syntax: Syntax): Feature | null {
    const feature = syntax.kind === 'name' ? this.scope.features.get(syntax.name) : undefined;
    return feature?.kind === 'binary' || feature?.kind === 'categorical' ? feature : null;
  }

  private feature({ name, span }: Name): Feature | null {
    const feature = this.scope.features.get(name);
    if (feature) return feature;
    if (this.scope.broken.has(name)) return null;
    if (this.scope.tasks.has(name)) {
      this.report(
        'task-in-formula',
        `${quote(name)} is a task; ${this.where} can name features only. Write its formula in its place.`,
        span,
      );
      return null;
    }
    const names = [...this.scope.features.keys()];
    this.report('unknown-feature', `Unknown feature ${quote(name)} in ${this.where}`, span, {
      written: name,
      names,
    });
    return null;
  }

  /** A feature that takes an index. */
  private vector(of: Name, span: Span): Feature | null {
    const feature = this.feature(of);
    if (!feature) return null;
    if (feature.kind === 'bits' || feature.kind === 'real') return feature;
    return this.wrong(
      'formula-type',
      `${quote(feature.name)} has values ${quoteAll(feature.values)}, not bits; write it without an index`,
      { span },
    );
  }

  private inside(feature: Feature, index: number, span: Span): boolean {
    if (index < feature.width) return true;
    const name = writeName(feature.name);
    const what = feature.kind === 'bits' ? 'bit' : 'component';
    const range = feature.width === 1 ? `only ${name}[0]` : `${name}[0] to ${name}[${feature.width - 1}]`;
    const message = `${name}[${index}] does not exist: ${quote(feature.name)} has ${feature.width} ${what}${feature.width === 1 ? '' : 's'}, ${range}`;
    this.wrong('index-out-of-range', message, { span });
    return false;
  }

  private tooLarge(span: Span): null {
    const message =
      'The formulas of the file name too many bits and values together (each of them counts each time); name fewer';
    return this.wrong('formula-too-large', message, { span });
  }

  private wrong(code: string, message: string, at: { readonly span: Span }): null {
    this.report(code, `${message}.`, at.span);
    return null;
  }
}

interface Outcome {
  readonly expression: Expression | null;
}

const none = (expression: null): Outcome => ({ expression });

const MIRRORED: Readonly<Record<Comparison, Comparison>> = {
  '==': '==',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

/** A side of a comparison read as the name of a value: a word, a number as written, `true`. */
function wordOf(syntax: Syntax): string | null {
  if (syntax.kind === 'name') return syntax.name;
  if (syntax.kind === 'number') return syntax.text;
  if (syntax.kind === 'constant') return String(syntax.value);
  return null;
}
