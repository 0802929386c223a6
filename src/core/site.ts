/** What a site is in its network: hidden, or the readout that the tasks are answered by. */
export type SiteRole = 'hidden' | 'readout';

/** A place that is recorded: a layer. */
export interface Site {
  name: string;
  role: SiteRole;
  units: number;
}
