import { analyze } from './analyze';
import { check } from './check';
import { compare } from './compare';
import { explain } from './explain';
import { hazards } from './hazards';
import { values } from './values';

/** Everything that RepScope does, by name. */
export const verbs = { check, explain, analyze, values, hazards, compare } as const;
