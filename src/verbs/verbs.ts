import { analyze } from './analyze';
import { check } from './check';
import { compare } from './compare';
import { compareRdms } from './compare-rdms';
import { explain } from './explain';
import { exportRun } from './export';
import { hazards } from './hazards';
import { pca } from './pca';
import { picture } from './picture';
import { plan } from './plan';
import { probe } from './probe';
import { rdm } from './rdm';
import { recovery } from './recovery';
import { selectivity } from './selectivity';
import { rsa } from './rsa';
import { rsaLayers } from './rsa-layers';
import { similarity } from './similarity';
import { structure } from './structure';
import { values } from './values';

/** Everything that RepScope does, by name. */
export const verbs = {
  check,
  explain,
  plan,
  analyze,
  values,
  hazards,
  compare,
  picture,
  export: exportRun,
  rdm,
  'compare-rdms': compareRdms,
  rsa,
  'rsa-layers': rsaLayers,
  similarity,
  recovery,
  pca,
  structure,
  selectivity,
  probe,
} as const;
