import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of package.json; every script and test of this project is started in it. */
export const project = process.cwd();
if (!existsSync(join(project, 'esbuild.js')))
  throw new Error(`Start this in the project's folder, not in ${project}.`);

/** The extension to test; that of the project unless another folder is named. */
export const extension = process.env['REPSCOPE_EXTENSION'] ?? project;

/** Where the tests' own bundles, pictures of failures and logs go. */
export const output = join(project, 'out', 'vscode');

export const fixtures = join(project, 'test', 'vscode', 'fixtures', 'workspace');
