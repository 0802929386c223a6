import { describe, expect, it } from 'vitest';
import { suggest } from '../../../src/language/suggest';
import { parseExperiment } from '../../../src/language/parsed-experiment';
import { errors, file, mended, pointed, valid } from './files';

const DOCUMENTS = { documents: { reversals: { entities: 10, relations: 2, heldOut: 4 } } };

/** A file that asks for sites. */
function asking(sites: string[], changes: object = {}): string {
  return file({ ...changes, analyses: { sites } });
}

/** The same of documents. */
function ofDocuments(sites: string[]): string {
  return JSON.stringify({ stimuli: DOCUMENTS, networks: { net: {} }, analyses: { sites } });
}

describe('sites that are asked for', () => {
  it('come after the layers of the networks that have them', () => {
    const networks = { deep: { network: { hidden: [3, 5] } }, flat: { network: { hidden: [4] } } };
    const of = valid(asking(['output.gradient', 'hidden2.gradient'], { networks }));
    expect(
      of.networks.map(({ sites }) => sites.slice(-2).map(({ name, role, units }) => [name, role, units])),
    ).toEqual([
      [
        ['hidden2.gradient', 'gradient', 5],
        ['output.gradient', 'gradient', 1],
      ],
      [
        ['output', 'readout', 1],
        ['output.gradient', 'gradient', 1],
      ],
    ]);
    expect(valid(file()).analyses).not.toHaveProperty('sites');
  });

  it('are of transformers the rows of a token, too', () => {
    const { networks } = valid(ofDocuments(['embedding.weights', 'readout.weights']));
    expect(networks[0].sites.slice(-2)).toEqual([
      { name: 'embedding.weights', role: 'weights', units: 64 },
      { name: 'readout.weights', role: 'weights', units: 64 },
    ]);
  });

  it('are named in full: what is unknown is mended, what is asked for twice or of no network is refused', () => {
    const mistyped = ofDocuments(['layer2.residual.gradeint']);
    const [problem] = errors(mistyped);
    expect(pointed(mistyped, problem)).toBe('"layer2.residual.gradeint"');
    expect(problem.message).toContain("Unknown site 'layer2.residual.gradeint'");
    expect(errors(mended(mistyped, problem))).toEqual([]);
    expect(errors(asking(['hidden1.weights']))[0].message).toContain('Unknown site');
    expect(errors(asking(['output.gradient', 'output.gradient']))[0].message).toContain('listed twice');
    const built = { networks: { net: { network: { circuit: { gates: ['e'] } } } } };
    expect(errors(asking(['hidden1.gradient'], built)).map(({ message }) => message)).toEqual([
      expect.stringContaining("No network has any of 'sites'"),
    ]);
  });

  it('are not of networks whose states are changed', () => {
    const of = { steered: { of: 'net', steer: { at: 'hidden1', along: 't', by: 1 } } };
    const { networks } = valid(asking(['hidden1.gradient'], { networks: { net: {}, ...of } }));
    expect(networks.map(({ sites }) => sites.some(({ role }) => role === 'gradient'))).toEqual([true, false]);
  });

  it('are completed, also where another is mistyped', () => {
    const text = ofDocuments(['embedding.weights', 'x']);
    const found = suggest(parseExperiment(text), text.indexOf('"x"') + 1).map(({ label }) => label);
    expect(found).toContain('layer1.attention.gradient');
    expect(found).not.toContain('embedding.weights');
  });

  it('are sides of counterparts, of the same stimuli where there are two', () => {
    const withSides = (at: string[]): string =>
      JSON.stringify({
        ...{ stimuli: DOCUMENTS, networks: { net: {} } },
        analyses: {
          sites: ['embedding.weights', 'readout.weights'],
          counterparts: { entity: { of: 'entity', at } },
        },
      });
    const two = ['embedding.weights', 'readout.weights'];
    expect(valid(withSides(two)).analyses.counterparts?.[0].at).toEqual(two);
    const same = errors(withSides(['readout', 'readout'])).map(({ message }) => message);
    expect(same).toEqual([expect.stringContaining("name two sites in 'at'")]);
    const mistyped = withSides(['embedding.weights', 'readout.weigths']);
    expect(errors(mended(mistyped, errors(mistyped)[0]))).toEqual([]);
    const found = suggest(parseExperiment(mistyped), mistyped.lastIndexOf('readout.weig')).map(
      ({ label }) => label,
    );
    expect(found).toEqual(expect.arrayContaining(['layer1.residual', 'readout.weights']));
    expect(found).not.toContain('layer1.residual.gradient');
  });
});
