/** Characters of a piece of a long text: few enough to be nothing beside it, enough that writing them is one call for much. */
export const pieceLength = 2 ** 18;

/** Many short strings as few long ones. */
export function* inPieces(lines: Iterable<string>): Generator<string, void, undefined> {
  let parts: string[] = [];
  let length = 0;
  for (const line of lines) {
    parts.push(line);
    length += line.length;
    if (length < pieceLength) continue;
    yield parts.join('');
    parts = [];
    length = 0;
  }
  yield parts.join('');
}
