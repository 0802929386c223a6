// Writes the experiment whose results are compared bit by bit between versions of Node: bits FILE
import { writeFileSync } from 'node:fs';
import { bitExperiment } from '../support/bit-experiment';

writeFileSync(process.argv[2] ?? 'bits.experiment.json', JSON.stringify(bitExperiment, null, 2));
