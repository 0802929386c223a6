/** The symmetric square with zeros on its diagonal that has this upper triangle, row by row; NaN where a distance is null. */
export function squareOf(triangle: ArrayLike<number | null>, size: number): Float64Array {
  const square = new Float64Array(size * size);
  for (let i = 0, at = 0; i < size; i++)
    for (let j = i + 1; j < size; j++, at++)
      square[i * size + j] = square[j * size + i] = triangle[at] ?? NaN;
  return square;
}
