/**
 * What computes a run's products, and why it is not faster.
 *
 * @param lanes their name, and what went wrong (empty: nothing)
 */
export function computedBy({ name, problem }: { readonly name: string; readonly problem: string }): string {
  const by = name === 'WebAssembly' ? name : `${name} lanes`;
  return problem === '' ? `Computed by ${by}` : `Computed by ${by}. ${problem}`;
}
