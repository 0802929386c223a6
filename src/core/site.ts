/**
 * What a site is in its network: hidden, or the readout that the tasks are answered by. Where the file asks for them: the gradient of the loss with
 * regard to the units of another site, or weights that a stimulus has of its own.
 */
export type SiteRole = 'hidden' | 'readout' | 'gradient' | 'weights';

/** A place that is recorded: a layer. */
export interface Site {
  name: string;
  role: SiteRole;
  units: number;
}
