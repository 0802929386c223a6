import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { project } from './project';

export interface Installation {
  /** The Node that VS Code's server wants, whatever this process runs under. */
  node: string;
  /** VS Code's server script. */
  server: string;
}

/** VS Code that serves its workbench to a browser; installed from npm where it is missing (two minutes, once). */
export async function installation(): Promise<Installation> {
  const scripts = (await import(pathToFileURL(join(project, 'scripts', 'vscode.mjs')).href)) as {
    vscodeServer(): Installation;
  };
  return scripts.vscodeServer();
}
