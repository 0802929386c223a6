import type { Panel } from '../panel';
import { answersPanel } from './answers';
import { comparePanel } from './compare';
import { counterpartsPanel } from './counterparts';
import { dictionaryPanel } from './dictionary';
import { documentsPanel } from './documents';
import { dynamicsPanel } from './dynamics';
import { functionsPanel } from './functions';
import { interventionsPanel } from './interventions';
import { modelTestsPanel } from './model-tests';
import { overviewPanel } from './overview';
import { pcaPanel } from './pca';
import { probesPanel } from './probes';
import { similarityPanel } from './similarity';
import { structurePanel } from './structure';
import { sweepPanel } from './sweep';
import { unitsPanel } from './units';

/** Every panel, in the order of its tabs; the first has the list of hazards. A new one is its file and its line here. */
export const panels: readonly [Panel, ...Panel[]] = [
  overviewPanel,
  pcaPanel,
  structurePanel,
  unitsPanel,
  similarityPanel,
  modelTestsPanel,
  dynamicsPanel,
  documentsPanel,
  probesPanel,
  counterpartsPanel,
  functionsPanel,
  interventionsPanel,
  dictionaryPanel,
  answersPanel,
  sweepPanel,
  comparePanel,
];
