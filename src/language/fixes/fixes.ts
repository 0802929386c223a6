import type { Problem } from '../../experiment/problem';
import { addFeature, addTask, addValue, trainTask } from './add-name';
import { addKey, fillEmpty } from './add-key';
import { edited, mending, type Fix, type Patient } from './fix';
import { compareValue, indexInside, taskFormula } from './formula';
import { bring, evenShares, raiseTraining, reduce, sumToOne, useUpDesign } from './numbers';
import { removeBalance, removeKey, removeOneOf, removeRepeated, removeUnits, removeValue } from './remove';
import { rename } from './rename';
import { encodings, moveDraw, retype } from './rewrite';
import { addComma, startFile } from './syntax';

/** A way to mend a kind of problem: what it offers may be too much; only what mends is shown. */
type Mender = (patient: Patient, problem: Problem) => Fix[];

/** By the code of the problem. Those that are not here have no mend that is safe without knowing what the author wants. */
const menders: Readonly<Record<string, readonly Mender[]>> = {
  'batch-too-large': [],
  'bad-name': [rename],
  'cannot-enumerate': [removeKey],
  'checkpoint-beyond-end': [removeValue],
  conflict: [removeOneOf],
  'design-not-used-up': [useUpDesign],
  'duplicate-key': [removeRepeated],
  'duplicate-name': [removeValue, rename],
  empty: [fillEmpty, removeKey],
  encoding: [encodings],
  'impossible-balance': [removeBalance],
  'index-out-of-range': [indexInside],
  'misplaced-key': [moveDraw],
  'missing-key': [addKey],
  'no-effect': [removeKey],
  'no-input': [removeUnits],
  'one-of': [addKey, removeOneOf],
  'out-of-range': [reduce, bring, sumToOne],
  'parity-too-large': [raiseTraining],
  'shared-name': [rename],
  syntax: [startFile, addComma],
  'task-in-formula': [taskFormula],
  'task-not-trained': [trainTask, removeValue, removeKey],
  'too-few-rows': [reduce],
  'too-large': [reduce],
  'too-many-steps': [reduce],
  'too-short': [fillEmpty],
  'unknown-feature': [addFeature],
  'unknown-key': [removeKey],
  'unknown-task': [addTask, removeValue],
  'unknown-value': [addValue],
  'which-value': [compareValue],
  'wrong-length': [evenShares],
  'wrong-sum': [sumToOne],
  'wrong-type': [retype, evenShares],
};

/** What can be offered to mend one problem, the best first, as far as the patient's steps go. */
export function fixesOf(patient: Patient, problem: Problem): Fix[] {
  const { fix, code } = problem;
  const nearest = fix
    ? [
        edited(
          fix.title,
          [{ start: fix.range.start.offset, end: fix.range.end.offset, text: fix.text }],
          true,
        ),
      ]
    : [];
  const menderList = Object.hasOwn(menders, code) ? menders[code] : [];
  const offered = menderList.flatMap((mender) => mending(patient, problem, mender));
  // Of several that say the same the first is enough.
  const titles = new Set<string>();
  return [...nearest, ...offered].filter(({ title }) => !titles.has(title) && titles.add(title));
}
