import { check } from './check';
import { compare } from './compare';
import { hazards } from './hazards';
import { values } from './values';

/** Everything that RepScope does, by name. */
export const verbs = { check, values, hazards, compare } as const;
