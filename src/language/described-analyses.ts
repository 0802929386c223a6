/** Analyses that a hover speaks of, and what each is. */
export const described = {
  probe: 'what can be decoded from layers, beside the same of initial weights and of the inputs',
  similarity: 'how alike replicates are at each layer, beside what shuffled stimuli say (the null)',
  inference: 'how well model RDMs do, tested over replicates and stimuli',
} as const;
export type DescribedAnalysis = keyof typeof described;

export function isDescribed(name: string): name is DescribedAnalysis {
  return Object.hasOwn(described, name);
}
