import type { DocumentsPlan } from '../../experiment/documents';
import type { Draft } from '../../experiment/structure';
import { brought } from './brought';
import { codebooks } from './codebooks';
import type { Corpus } from './corpus';
import { experts } from './experts';
import { hierarchy } from './hierarchy';
import { hops } from './hops';
import type { DocumentsKind } from './kind';
import { reversals } from './reversals';

/** All kinds of documents. */
export const documentsKinds: readonly DocumentsKind[] = [
  ofAny(reversals),
  ofAny(codebooks),
  ofAny(experts),
  ofAny(hierarchy),
  ofAny(hops),
  ofAny(brought),
];

/** What the networks of an experiment are trained on and asked. @param seed of the stimuli */
export function drawDocuments({ kind, settings }: DocumentsPlan, seed: number): Corpus {
  const found = documentsKinds.find(({ key }) => key === kind);
  if (!found) throw new RangeError(`There are no documents “${kind}”.`);
  return found.draw(settings, seed);
}

/** A kind among others: it is given settings that it has read itself alone. */
function ofAny<S extends object, F>(kind: DocumentsKind<S, F>): DocumentsKind {
  return {
    ...kind,
    read: (spec, at) => kind.read(spec as Draft<F>, at),
    shape: (settings) => kind.shape(settings as S),
    draw: (settings, seed) => kind.draw(settings as S, seed),
  };
}
