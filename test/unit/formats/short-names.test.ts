import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shortNames } from '../../../src/formats/short-names';

describe('short names', () => {
  it('lose what they have in common, and keep what differs', () => {
    const four = ['false', 'true'].flatMap((easy) =>
      ['false', 'true'].map((hard) => `the label easy=${easy}, hard=${hard}`),
    );
    expect(shortNames(four, 40)).toEqual(four);
    expect(shortNames(four, 28)[1]).toBe('…easy=false, hard=true');
    expect(shortNames(four, 22)).toEqual([
      '…false, hard=false',
      '…false, hard=true',
      '…true, hard=false',
      '…true, hard=true',
    ]);
    expect(shortNames(four, 16)[2]).toBe('…true, …false');
    expect(shortNames(['net-with-dropout-0.1', 'net-with-dropout-0.2'], 8)).toEqual(['…0.1', '…0.2']);
    expect(shortNames(['easy', 'a name that stands alone'], 12)).toEqual(['easy', 'a name…alone']);
  });

  it('are never equal where the names differ', () => {
    const word = fc.constantFrom(
      'a',
      'task',
      'hidden',
      'easy=true',
      'easy=false',
      ', ',
      ' · ',
      '-',
      'verylongword',
    );
    const name = fc.array(word, { minLength: 1, maxLength: 9 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(name, { maxLength: 12 }), fc.integer({ min: 3, max: 30 }), (names, letters) => {
        const short = shortNames(names, letters);
        expect(short).toHaveLength(names.length);
        expect(new Set(short).size).toBe(new Set(names).size);
      }),
    );
  });
});
