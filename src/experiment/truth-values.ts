/** The classes of a task whose formula is true or false. */
export const TRUTH_CLASSES: readonly string[] = ['false', 'true'];

const TRUTHS: ReadonlySet<string> = new Set(['no yes', 'false true', 'off on', '0 1']);

/** Whether a feature's two values are unmistakably untrue and true, in this order, so that its bare name is a formula. */
export function areTruths(values: readonly string[]): boolean {
  return TRUTHS.has(values.join(' ').toLowerCase());
}

/** Whether a task's classes are the values of the feature that is its formula, not `false` and `true`. */
export function hasNamedClasses({ classes }: { readonly classes: readonly string[] }): boolean {
  return classes.some((name, at) => name !== TRUTH_CLASSES[at]);
}
