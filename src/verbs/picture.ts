import type { Picture, ReplicateDetail } from '../protocol/detail';
import { finishedReplicate, type OpenRuns } from './open-run';
import { inputOf, type OfReplicate, replicateKeys, runKey, type Verb } from './verb';

interface Asked extends OfReplicate {
  readonly run: string;
  readonly step?: number;
  readonly layer?: string;
  readonly picture?: Picture;
}

/** What the pictures of one finished replicate are drawn from: components, units, RDMs, as numbers. */
export const picture: Verb<Asked, ReplicateDetail, OpenRuns> = {
  name: 'picture',
  says: 'Give what the pictures of one replicate are drawn from: principal components, units, RDMs.',
  input: inputOf<Asked>(
    {
      run: runKey,
      ...replicateKeys,
      step: {
        type: 'integer',
        minimum: 0,
        maximum: Number.MAX_SAFE_INTEGER,
        description: 'step of one of its checkpoints (default: the end of training)',
      },
      layer: { type: 'string', description: 'layer (default: all)' },
      picture: {
        type: 'string',
        enum: ['pca', 'units', 'rdm'],
        description: 'which picture of that layer (default: all)',
      },
    },
    'run',
    'source',
    'seed',
  ),
  changes: 'nothing',
  run: async ({ run, step = null, layer, picture: which, ...asked }, { opened }) => {
    const { results, ask, signal } = await opened(run);
    const replicate = finishedReplicate(results, asked);
    const only = layer === undefined ? undefined : { layer, picture: which };
    return ask((session) => session.detail(replicate, step, { only, signal }));
  },
};
