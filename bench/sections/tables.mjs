// What the tables of docs/performance.md are made with.

export const number = (value, digits = 3) => {
  if (value === null || value === undefined) return '–';
  return value >= 100 ? value.toFixed(0) : value.toPrecision(digits);
};
export const cell = (found) =>
  found ? `${number(found.median)} (${number(found.min)}–${number(found.max)})` : '–';
export const times = (peer, own) => (peer && own ? `${number(peer / own, 2)}×` : '–');

export function table(header, rows) {
  return [header, header.map((_, at) => (at === 0 ? '---' : '--:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

export const fastest = (measured, ways) => {
  const found = ways.flatMap((way) => (measured[way] ? [measured[way].median] : []));
  return found.length > 0 ? Math.min(...found) : undefined;
};

/** PyTorch's own modules and optimiser; and all ways to train ten seeds with it on two cores. */
export const nn = ['nn, 1 thread', 'nn, 2 threads', 'foreach, 1 thread'];
export const stackedPeers = ['nn × 2', 'foreach × 2', 'by hand × 2', 'bmm × 2', 'functorch × 2'];
/** PyTorch's modules and optimiser for a transformer. */
export const torch = ['PyTorch, 1 thread', 'PyTorch, 2 threads', 'foreach, 1 thread'];
