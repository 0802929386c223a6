import type { Site } from '../core/site';
import { ofActivations } from '../protocol/layers';
import type { Path } from './document';
import type { Network } from './experiment';
import { knownNames } from './listed-names';
import { quote } from './names';
import type { Problems } from './problems';

const PATH = ['analyses', 'sites'];

/** The gradient of the loss with regard to the units of a site. */
export function gradientOf({ name, units }: Site): Site {
  return { name: `${name}.gradient`, role: 'gradient', units };
}

/** The weights that stimuli have of their own at a site. */
export function weightsOf({ name }: Pick<Site, 'name'>, units: number): Site {
  return { name: `${name}.weights`, role: 'weights', units };
}

/** Networks with those of their further sites that the file asks for, after their others. */
export function withFurtherSites(
  networks: readonly Network[],
  asked: readonly string[] | undefined,
  problems: Problems,
): Network[] {
  if (!asked) return [...networks];
  const names = furtherSites(networks);
  if (names.size === 0 && networks.length > 0) {
    const message =
      "No network has any of 'sites': gradients are of networks that are trained, weights of transformers. Remove it.";
    problems.error('no-effect', message, problems.document.keySpan(PATH));
    return [...networks];
  }
  const known = new Set(knownNames(asked, { what: 'site', names }, "'sites'", PATH, problems));
  return networks.map((network) => ({
    ...network,
    sites: [...network.sites, ...(network.further ?? []).filter(({ name }) => known.has(name))],
  }));
}

/** Names of all that networks can be recorded at, too. */
export function furtherSites(networks: readonly Pick<Network, 'further'>[]): Set<string> {
  return new Set(networks.flatMap(({ further = [] }) => further.map(({ name }) => name)));
}

/** Names of all that networks and recordings are recorded at. */
export function recordedSites({
  networks,
  recordings = [],
}: {
  readonly networks: readonly Pick<Network, 'sites'>[];
  readonly recordings?: readonly { readonly sites: readonly Site[] }[];
}): Set<string> {
  return new Set([...networks, ...recordings].flatMap(({ sites }) => sites.map(({ name }) => name)));
}

/** A name among sites, which where there are none is not known to be wrong; null where it is unknown. */
export function knownSite(
  name: string,
  sites: ReadonlySet<string>,
  where: string,
  path: Path,
  problems: Problems,
): string | null {
  if (sites.size === 0 || sites.has(name)) return name;
  const span = problems.document.valueSpan(path);
  problems.unknown('unknown-layer', `Unknown layer ${quote(name)} in '${where}'`, name, sites, span);
  return null;
}

/** In keys of recordings: the sites that are asked for; nothing where there are none. */
export function furtherIn(sites: readonly Site[]): { readonly sites?: readonly string[] } {
  const own = new Set(ofActivations(sites));
  const names = sites.filter((site) => !own.has(site)).map(({ name }) => name);
  return names.length > 0 ? { sites: names } : {};
}
