import type { MeasureInfo, RangeName } from '../protocol/results';

const values: Readonly<Record<RangeName, string>> = {
  share: '0 to 1',
  similarity: '−1 to 1',
  half: '0 to ½',
  positive: '0 or more',
  angle: '0 to π/2',
  dimensions: '1 or more',
  atMostAll: '1 at most; below 0 where the prediction is worse than the mean',
  differenceOfShares: 'a difference of two shares, of either sign',
  unbounded: 'any number',
};

/** What a measure says of itself under each heading, as documents and views have it. */
export function measureSays(info: MeasureInfo): [heading: string, text: string][] {
  const { formula, meaning, misleads, source, range, more, invariances } = info;
  return [
    ['Formula', formula],
    ['What it means', meaning],
    ['When it misleads', misleads],
    ['Values', `${values[range]}${more === undefined ? '' : `; larger: more ${more}`}`],
    ...(invariances === undefined ? [] : [['Does not change with', invariances] as [string, string]]),
    ['Source', source],
  ];
}
