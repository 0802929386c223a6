import type { Path, Span } from '../experiment/document';
import type { ParsedExperiment } from './parsed-experiment';
import { subjectAt } from './subject';

/** Where a name is defined. */
interface Definition {
  /** The name that was asked about. */
  readonly origin: Span;
  /** The whole definition, key and value. */
  readonly whole: Span;
  /** Its name. */
  readonly name: Span;
}

/** From a name in a formula or in a list to the key (or the value of a feature) that defines it; null elsewhere. */
export function findDefinition(parsed: ParsedExperiment, offset: number): Definition | null {
  const subject = subjectAt(parsed, offset);
  if (!subject) return null;
  const path = definitionPath(subject);
  const { tree } = parsed;
  if (!path || !tree.find(path)) return null;
  const name = tree.keySpan(path);
  return { origin: subject.span, name, whole: { start: name.start, end: tree.valueSpan(path).end } };
}

function definitionPath(subject: NonNullable<ReturnType<typeof subjectAt>>): Path | null {
  switch (subject.kind) {
    case 'task':
      return ['tasks', subject.name];
    case 'network':
      return ['networks', subject.name];
    case 'feature':
      return ['stimuli', 'features', subject.name];
    case 'value':
      return ['stimuli', 'features', subject.feature, 'values', subject.index];
    case 'layer':
    case 'recording':
    case 'analysis':
    case 'seeds':
    case 'sweep':
    case 'optimizer':
      return null;
  }
}
