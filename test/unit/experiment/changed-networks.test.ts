import { describe, expect, it } from 'vitest';
import type { Network, Stack } from '../../../src/experiment/experiment';
import { suggest } from '../../../src/language/suggest';
import { pointed as withPointer } from '../editor/experiment';
import { errors, file, mended, pointed, valid } from './files';

type Json = Record<string, unknown>;

const text = (changed: Json, net: Json = {}): string =>
  file({
    tasks: { t: 'e', shape: 'shape' },
    network: { hidden: [8, 4] },
    networks: { net, built: { network: { circuit: { gates: ['e'] } } }, ...changed },
  });

describe('a network that is a change of another', () => {
  it('has the tasks and the training of that, and layers as wide as the change makes them', () => {
    const { networks } = valid(
      text({
        balanced: { of: 'wide', balance: true },
        steered: { of: 'balanced', steer: { at: 'hidden2', along: 't', by: [0.5, 1] } },
        wide: { of: 'net', rewrite: { duplicate: 2, pad: 1, scale: [0.5, 2] } },
      }),
    );
    const shown = networks.map((network) => [
      ...[network.name, network.of, network.kind, (network as Network & Stack).hidden],
      network.tasks,
    ]);
    const tasks = ['t', 'shape'];
    expect(shown.filter(([name]) => name !== 'built')).toEqual([
      ['net', undefined, 'hidden', [8, 4], tasks],
      ['balanced', 'wide', 'balance', [8, 4], tasks],
      ['steered', 'balanced', 'steer', [8, 4], tasks],
      ['wide', 'net', 'rewrite', [11, 7], tasks],
    ]);
    expect(networks[4].parameters).toBeGreaterThan(networks[0].parameters);
  });

  const steer = { at: 'hidden1', along: 't', by: 1 };
  it.each<[string, Json, string, string]>([
    ['no change', { of: 'net' }, "'networks.x' needs exactly one of", '"x"'],
    ['two', { of: 'net', steer, balance: true }, "'networks.x' needs exactly one of", '"x"'],
    ['nobody it is of', { steer }, "'of' is missing in 'networks.x'", '"x"'],
    ['an unknown network', { of: 'nett', steer }, "Did you mean 'net'?", '"nett"'],
    ['itself', { of: 'x', steer }, 'is a change of itself', '"x"'],
    ['a circuit', { of: 'built', steer }, 'no weights to be changed', '"built"'],
    [
      'an unknown layer',
      { of: 'net', steer: { ...steer, at: 'hiden2' } },
      "Did you mean 'hidden2'?",
      '"hiden2"',
    ],
    [
      'the readout',
      { of: 'net', steer: { ...steer, at: 'output' } },
      "its hidden layers are 'hidden1' and",
      '"output"',
    ],
    ['three classes', { of: 'net', steer: { ...steer, along: 'shape' } }, 'shape == circle', '"shape"'],
    [
      'an unknown label',
      { of: 'net', steer: { ...steer, along: 'g' } },
      "Unknown feature 'g' in 'along'",
      'g',
    ],
    ['no dose', { of: 'net', steer: { ...steer, by: [] } }, "'by' lists no number", '[]'],
    [
      'more units than there are',
      { of: 'net', ablate: { at: 'hidden2', units: 5, for: 't' } },
      'has 4 units',
      '5',
    ],
    ['selective for nothing', { of: 'net', ablate: { at: 'hidden2', units: 1 } }, "name it as 'for'", '{'],
    ['no rewriting', { of: 'net', rewrite: {} }, "'rewrite' changes nothing", '{}'],
    ['a scale from the greater', { of: 'net', rewrite: { scale: [2, 1] } }, 'Swap them', '['],
    ['training', { of: 'net', balance: true, training: {} }, "Unknown key 'training'", '"training"'],
  ])('reports %s at its place', (_, x, message, at) => {
    const written = text({ x });
    const [problem, ...others] = errors(written);
    expect(others).toEqual([]);
    expect(problem.message).toContain(message);
    expect(pointed(written, problem).startsWith(at)).toBe(true);
  });

  it('scales units whose function allows it alone, and rewrites weights before states', () => {
    const tanh = { network: { hidden: [8, 4], activation: 'tanh' } };
    const [scaling, balancing] = [
      { x: { of: 'net', rewrite: { scale: [1, 2] } } },
      { x: { of: 'net', balance: true } },
    ].map((changed) => errors(text(changed, tanh)).map(({ message }) => message));
    expect(scaling).toEqual([expect.stringContaining('tanh units, whose function changes')]);
    expect(balancing).toEqual([expect.stringContaining('tanh units, whose function changes')]);
    expect(errors(text({ x: { of: 'net', rewrite: { duplicate: 1, permute: true } } }, tanh))).toEqual([]);
    const late = { steered: { of: 'net', steer }, x: { of: 'steered', balance: true } };
    expect(errors(text(late)).map(({ message }) => message)).toEqual([
      expect.stringContaining("The states of 'steered' are changed"),
    ]);
  });

  it('mends a name that was mistyped, and completes networks, tasks and features', () => {
    const written = text({ x: { of: 'nett', steer } });
    expect(errors(mended(written, errors(written)[0]))).toEqual([]);
    const names = (changed: Json): string[] => {
      const { parsed, offset } = withPointer(text(changed));
      return suggest(parsed, offset).map(({ label }) => label);
    };
    expect(names({ x: { of: '|', steer } })).toEqual(['net', 'built']);
    expect(names({ x: { of: 'net', steer: { ...steer, along: '|' } } })).toEqual(
      expect.arrayContaining(['t', 'shape', 'e']),
    );
  });
});
