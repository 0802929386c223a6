import type { SaidDocument } from '../../../src/protocol/documents';
import type { Cell } from '../cell';
import { shown as number } from '../number';

/** One token, and what is said in its place. */
export interface Token {
  readonly position: number;
  readonly token: string;
  readonly counts: boolean;
  readonly isBrought: boolean;
  readonly said: string | null;
  readonly sure: number | null;
  readonly probability: number | null;
}

export function tokenOf(document: SaidDocument | undefined, position: number): Token | undefined {
  const token = document?.tokens[position];
  if (document === undefined || token === undefined) return undefined;
  return {
    ...{ position, token },
    counts: document.counts[position] === true,
    isBrought: position < document.brought,
    said: document.said[position] ?? null,
    sure: document.sure[position] ?? null,
    probability: document.probability[position] ?? null,
  };
}

export function isWrong(token: Token | undefined): boolean {
  return token?.counts === true && token.said !== token.token;
}

export function tokenText(document: SaidDocument | undefined, token: Token | undefined): string {
  if (document === undefined || token === undefined) return 'The document has ended.';
  const { said, sure, probability } = token;
  const place = `Document ${document.document}, position ${token.position}${token.isBrought ? ', brought' : ''}: “${token.token}”`;
  if (said === null) return `${place}. Nothing is said of the first.`;
  const own = `its probability ${number(probability, true)}, loss ${number(lossOf(probability), true)} nats`;
  const says =
    said === token.token ? 'the likeliest' : `likelier: “${said}” (probability ${number(sure, true)})`;
  return `${place}${token.counts ? ', asked for' : ''}: ${own}; ${says}`;
}

function lossOf(probability: number | null): number | null {
  return probability === null ? null : -Math.log(probability);
}

export function rowOf({ document }: SaidDocument, token: Token | undefined): Cell[] {
  if (token === undefined) return [document];
  const { position, counts, said, sure, probability } = token;
  return [
    ...[document, position, token.token, counts ? 'yes' : 'no', said, sure, probability],
    lossOf(probability),
  ];
}
