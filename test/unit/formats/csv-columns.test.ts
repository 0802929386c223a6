import { describe, expect, it } from 'vitest';
import { csvColumns } from '../../../src/formats/csv-columns';

describe('csvColumns', () => {
  it('reads columns by their heads, whatever separates them', () => {
    const expected = new Map([
      ['condition', ['a, b', 'c']],
      ['fold', ['1', '2']],
    ]);
    expect(csvColumns('\uFEFFcondition,fold\r\n"a, b",1\r\nc,2\r\n')).toEqual(expected);
    expect(csvColumns('condition\tfold\na, b\t1\n\nc\t2')).toEqual(expected);
    expect(csvColumns('condition;fold\n"a, b";1\nc;2\n')).toEqual(expected);
    expect(csvColumns('__proto__\nx\n')).toEqual(new Map([['__proto__', ['x']]]));
  });

  it.each([
    ['', 'It is empty'],
    ['a,a\n1,2\n', "Two columns are named 'a'."],
    ['a,b\n1,2\n3\n', 'Row 3 has 1 fields, and the head 2.'],
    ['a,b\n1,"2\n', 'not closed'],
  ])('says what is wrong with %j', (text, sentence) => {
    expect(() => csvColumns(text)).toThrow(sentence);
  });
});
