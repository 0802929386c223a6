/** The symmetric square with zeros on its diagonal that has this upper triangle, row by row; NaN where a distance is null. */
export function squareOf(triangle: ArrayLike<number | null>, size: number): Float64Array {
  return fillSquare(new Float64Array(size * size), triangle, size);
}

/** The same in an array of size × size, whose diagonal is left alone. */
export function fillSquare<T extends Float64Array | Float32Array>(
  square: T,
  triangle: ArrayLike<number | null>,
  size: number,
): T {
  for (let i = 0, at = 0; i < size; i++)
    for (let j = i + 1; j < size; j++, at++)
      square[i * size + j] = square[j * size + i] = triangle[at] ?? NaN;
  return square;
}

/** The place in the upper triangle of the pair of rows i < j. */
export function pairAt(size: number, i: number, j: number): number {
  return i * size - (i * (i + 1)) / 2 + j - i - 1;
}

/** Rows of the square that has an upper triangle of so many numbers. */
export function triangleSize(length: number): number {
  return Math.round((1 + Math.sqrt(1 + 8 * length)) / 2);
}
