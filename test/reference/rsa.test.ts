import { describe, expect, it } from 'vitest';
import { compareRdms, prepareRdm } from '../../src/analysis/rsa/compare';
import { expectClose } from './support/matrices';
import brain from './fixtures/rsa-brain.json';
import fixture from './fixtures/rsa.json';

const numbers = (values: readonly (number | null)[]): Float64Array =>
  Float64Array.from(values, (value) => value ?? NaN);

describe.each(['pearson', 'spearman', 'kendall'] as const)('%s', (comparison) => {
  it.each(fixture.cases)('agrees with scipy: $name', (given) => {
    const a = prepareRdm(numbers(given.a), comparison);
    const b = prepareRdm(numbers(given.b), comparison);
    const found = compareRdms(a, b);
    expectClose([found.value], [given[comparison]]);
    expect([found.used, found.leftOut]).toEqual([given.used, given.a.length - given.used]);
    expectClose([compareRdms(b, a).value], [given[comparison]]);
  });

  it.each(brain.models)('agrees with rsatoolbox on fMRI RDMs of 92 images: $name', (model) => {
    const subject = prepareRdm(numbers(brain.subject), comparison);
    const { value } = compareRdms(subject, prepareRdm(numbers(model.rdm), comparison));
    // The fixture holds the distances to 9 digits, as float32 needs.
    expect(value).toBeCloseTo(model[comparison], 6);
  });
});
