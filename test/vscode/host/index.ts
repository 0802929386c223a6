import { appendFileSync } from 'node:fs';
import { runTests } from './runner';
import './activation';
import './language';
import './documents';
import './analysis';

/** VS Code calls this in its extension host, here and on the desktop alike. */
export async function run(): Promise<void> {
  const file = process.env['REPSCOPE_TEST_REPORT'];
  if (file === undefined) throw new Error('REPSCOPE_TEST_REPORT names no file for the outcomes.');
  const failed = await runTests((outcome) => appendFileSync(file, `${JSON.stringify(outcome)}\n`));
  appendFileSync(file, `${JSON.stringify({ end: true })}\n`);
  if (failed > 0) throw new Error(`${failed} tests failed`);
}
