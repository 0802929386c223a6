/** Characters of a piece of a long text: few enough to be nothing beside it, enough that writing them is one call for much. */
export const pieceLength = 2 ** 18;
