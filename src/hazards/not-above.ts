/** The highest floor of an evaluation set that a share of right answers is not above; of one at all documents nothing is said, as no share can be above it. */
export function notAbove<F extends { readonly score: number }>(
  share: number | null,
  floors: readonly F[],
): F | undefined {
  const own = floors.filter(({ score }) => share !== null && share <= score && score < 1);
  return own.sort((a, b) => b.score - a.score)[0];
}
