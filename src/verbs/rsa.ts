import type { Resampled } from '../analysis/inference/bootstrap';
import { inferenceMethods } from '../analysis/inference/comparers';
import { type Correction, corrections } from '../analysis/inference/corrections';
import { pick } from '../analysis/inference/defined-pairs';
import { infer, type Inference, type ModelScore } from '../analysis/inference/infer';
import { spaces } from '../analysis/inference/spaces';
import { tests } from '../analysis/inference/tests';
import type { Rdms } from '../formats/rdm-array';
import { checkSizes, definedIn, rdmNames, rdmsOf } from './rdm-files';
import { UserError } from './user-error';
import { type ArrayRoom, inputOf, type Verb } from './verb';

const kinds = ['stimuli', 'subjects'] as const satisfies readonly Resampled[];

export interface RsaAsked {
  readonly subjects: readonly string[];
  readonly models: readonly string[];
  readonly names?: readonly string[];
  readonly weighted?: boolean;
  readonly method?: string;
  readonly resample?: readonly string[];
  readonly draws?: number;
  readonly test?: (typeof tests)[number];
  readonly correct?: Correction;
}

/** What model RDMs have to do with the RDMs of subjects. */
export interface RsaFound extends Omit<Inference, 'models' | 'differences' | 'used'> {
  /** The name of the method. */
  readonly definition: string;
  /** Stimuli (or conditions) of each RDM. */
  readonly n: number;
  /** Pairs of stimuli for which all RDMs have a distance. */
  readonly pairs: number;
  readonly subjects: number;
  readonly resampled: readonly Resampled[];
  /** Draws, and those of them in which every number is defined. */
  readonly draws: number;
  readonly drawsUsed: number;
  /** Whether scores are cross-validated over stimuli and subjects, the weighted sum the last model. */
  readonly weighted: boolean;
  readonly test: (typeof tests)[number];
  readonly correction: Correction;
  /** Of intervals. */
  readonly confidence: number;
  readonly models: readonly ({ readonly name: string } & ModelScore)[];
  readonly differences: readonly (Omit<Inference['differences'][number], 'first' | 'second'> & {
    readonly first: string;
    readonly second: string;
  })[];
  /** Why numbers are null. */
  readonly why?: string;
}

/** Noise ceilings, intervals and tests of model RDMs. */
export const rsa: Verb<RsaAsked, RsaFound, Pick<ArrayRoom, 'array'>> = {
  name: 'rsa',
  says: 'Say how well model RDMs do for the RDMs of subjects (or replicates): scores with intervals, noise ceilings, tests.',
  input: inputOf<RsaAsked>(
    {
      subjects: {
        type: 'array',
        items: { type: 'string' },
        description: 'array files with an RDM of each subject: squares, or upper triangles row by row',
      },
      models: {
        type: 'array',
        items: { type: 'string' },
        description: 'array files with the model RDMs',
      },
      names: {
        type: 'array',
        items: { type: 'string' },
        description: 'what the models are called, in their order (default: as their files)',
      },
      weighted: {
        type: 'boolean',
        description:
          'whether their sum, with weights of 0 or more, is one more model, and all are cross-validated (default: no)',
      },
      method: {
        type: 'string',
        enum: inferenceMethods,
        description: 'how RDMs are compared (default: cosine)',
      },
      resample: {
        type: 'array',
        items: { type: 'string' },
        description: `what is drawn anew: stimuli, subjects (default: both; of one subject stimuli)`,
      },
      draws: { type: 'integer', minimum: 100, maximum: 1_000_000, description: 'draws (default: 1000)' },
      test: { type: 'string', enum: tests, description: 'how p-values and intervals are made (default: t)' },
      correct: {
        type: 'string',
        enum: corrections,
        description: 'what p-values of many tests are corrected for (default: fdr)',
      },
    },
    'subjects',
    'models',
  ),
  changes: 'nothing',
  run: async (asked, { array }) => {
    const {
      subjects,
      models,
      weighted = false,
      method = 'cosine',
      draws = 1000,
      test = 't',
      correct: correction = 'fdr',
    } = asked;
    checkNames(asked);
    const files = [...subjects, ...models];
    const read: Rdms[] = [];
    for (const file of files) read.push(rdmsOf(file, await array(file)));
    checkSizes(files, read);
    const own = read.slice(0, subjects.length).flatMap(({ rdms }) => rdms);
    const others = read.slice(subjects.length);
    const rdms = [...own, ...others.flatMap((one) => one.rdms)];
    const defined = definedIn(read[0].size, rdms);
    if (weighted && defined.size < 12)
      throw new UserError(
        `${files[0]} has RDMs of ${defined.size} stimuli: weights are cross-validated over 12 at least.`,
      );
    const over = resampledOf(asked.resample, own.length);
    const confidence = 0.95;
    const { used, ...found } = infer(
      rdms.map((rdm) => pick(rdm, defined.kept)),
      { subjects: own.length, models: rdms.length - own.length },
      defined,
      { method, over, draws, test, correction, weighted, confidence },
    );
    const names = [...namesOf(asked.names, rdmNames(models, others)), ...(weighted ? ['weighted sum'] : [])];
    return {
      ...{ definition: method, n: defined.size, pairs: defined.kept.length, subjects: own.length },
      ...{ resampled: over, draws, drawsUsed: used, weighted, test, correction, confidence },
      ...found,
      models: found.models.map((model, at) => ({ name: names[at], ...model })),
      differences: found.differences.map((one) => ({
        ...one,
        first: names[one.first],
        second: names[one.second],
      })),
      ...whyOf(own.length, found, used),
    };
  },
};

/** @throws UserError where a name is none */
function checkNames({ method = 'cosine', models, weighted }: RsaAsked): void {
  if (weighted === true && !Object.hasOwn(spaces, method))
    throw new UserError(`There is no weighted sum by ${method}: take ${Object.keys(spaces).join(', ')}.`);
  if (!inferenceMethods.includes(method))
    throw new UserError(`There is no inference by ${method}: take ${inferenceMethods.join(', ')}.`);
  if (models.length === 0) throw new UserError('Name the files of model RDMs (--models).');
}

/** @throws UserError where there is not one for each model */
function namesOf(names: readonly string[] | undefined, known: readonly string[]): readonly string[] {
  if (names !== undefined && names.length !== known.length)
    throw new UserError(`There are ${names.length} names and ${known.length} model RDMs: give one for each.`);
  if (new Set(names).size < (names?.length ?? 0)) throw new UserError('Two models have the same name.');
  return names ?? known;
}

/** @throws UserError where it is nothing that can be drawn */
function resampledOf(asked: readonly string[] | undefined, subjects: number): readonly Resampled[] {
  if (asked === undefined) return subjects > 1 ? kinds : ['stimuli'];
  const wrong = asked.find((one) => !kinds.some((kind) => kind === one));
  if (wrong !== undefined || asked.length === 0)
    throw new UserError(
      `There is nothing called ${wrong ?? ''} to draw: give stimuli, subjects or stimuli,subjects.`,
    );
  if (asked.includes('subjects') && subjects < 2)
    throw new UserError('There is one RDM: subjects cannot be drawn from it. Give --resample stimuli.');
  return kinds.filter((kind) => asked.includes(kind));
}

function whyOf(
  subjects: number,
  { models }: Inference | Omit<Inference, 'used'>,
  used: number,
): { why?: string } {
  const reasons = [
    ...(models.some(({ value }) => value === null)
      ? ['An RDM whose distances are all equal has nothing to compare.']
      : []),
    ...(subjects === 1 ? ['One RDM has no noise ceiling.'] : []),
    ...(used > 1 && models.some(({ value, error }) => value !== null && error === null)
      ? ['Less than the noise of folds varies over draws: take more (--draws).']
      : []),
    ...(used < 2 ? ['Fewer than two draws have numbers: there is no interval, and no test.'] : []),
  ];
  return reasons.length === 0 ? {} : { why: reasons.join(' ') };
}
