/**
 * Penalties of linear probes, as shares of the variance of what they are fitted on: ridge keeps s / (s + λ) of a component with the share s.
 */
export const penalties: readonly number[] = [10, 1, 0.1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6];
