// The stimuli of 500 random experiments (or as many as the first argument says) are held against what their files declare.
import { checkDrawing } from '../unit/stimuli/check-drawing';

const count = Number(process.argv[2] ?? 500);
let [answered, shares, deviation, faults] = [0, 0, 0, 0];
for (let number = 0; number < count; number++) {
  const drawing = checkDrawing(number);
  if (drawing.answered) answered++;
  shares += drawing.squares.length;
  deviation += drawing.squares.reduce((sum, square) => sum + square, 0);
  for (const fault of drawing.faults) console.error(fault);
  faults += drawing.faults.length;
}
console.log(
  `Stimuli of ${count} random experiments: ${count - answered} drawn, ${answered} answered with a problem, ${faults} shares beyond sampling error. ` +
    `Mean square of ${shares} standardised deviations: ${(deviation / shares).toFixed(2)}.`,
);
if (faults > 0) process.exitCode = 1;
