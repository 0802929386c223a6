import { ablate } from './ablate';
import { balance } from './balance';
import type { Change } from './change';
import { rebuild } from './rebuild';
import { rewrite } from './rewrite';
import { steer } from './steer';

/** All changes of networks, by the key that says them beside `of`. Each is given changes that it has read itself alone. */
export const changes: readonly Change[] = [steer, ablate, rebuild, rewrite, balance] as readonly Change[];
