import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import type { Outcome } from '../host/runner';
import { desktopArguments, desktopBuild, desktopExecutable } from './desktop';
import { limit } from './limit';
import { extension, output } from './project';
import { Scratch } from './scratch';
import { hostSuite } from './set-up';
import { Workbench } from './workbench';

/** The whole suite takes a minute; a slow machine may take five. */
const seconds = 300;

/**
 * Runs the suite of test/vscode/host inside an extension host, and gives what became of each of its tests. The host is that of
 * the npm-only VS Code; with REPSCOPE_VSCODE that of a desktop build (its path, or `download` for the current one).
 */
export async function runHostSuite(): Promise<Outcome[]> {
  mkdirSync(output, { recursive: true });
  const report = join(output, 'host.jsonl');
  rmSync(report, { force: true });
  const environment = { REPSCOPE_TEST_REPORT: report };
  let trouble: string | undefined;
  try {
    if (desktopBuild === undefined) await onServer(environment);
    else await onDesktop(desktopBuild, environment);
  } catch (error) {
    trouble = error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  const lines = existsSync(report) ? readFileSync(report, 'utf8').trim().split('\n').filter(Boolean) : [];
  const parsed = lines.map((line) => JSON.parse(line) as Outcome | { end: true });
  const outcomes = parsed.filter((line): line is Outcome => !('end' in line));
  const ended = parsed.some((line) => 'end' in line);
  if (!ended)
    outcomes.push({
      name: 'the suite comes to its end',
      passed: false,
      milliseconds: 0,
      error: trouble ?? 'The extension host ended before its suite did.',
    });
  return outcomes;
}

async function onServer(environment: Record<string, string>): Promise<void> {
  let said = '';
  let exit: (code: number) => void = () => undefined;
  const exited = new Promise<number>((resolve) => (exit = resolve));
  const workbench = await Workbench.open({
    environment,
    tests: hostSuite,
    before: async (page) => {
      await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => {
        said += `${args.join(' ')}\n`;
      });
      await page.exposeFunction('codeAutomationExit', (code: number) => exit(code));
    },
  });
  try {
    await limit(seconds, `the suite in the extension host ends. It said:\n${said.slice(-2000)}`, exited);
  } catch (error) {
    await workbench.keep('host');
    throw error;
  } finally {
    await workbench.dispose();
  }
}

async function onDesktop(build: string, extensionTestsEnv: Record<string, string>): Promise<void> {
  const scratch = new Scratch();
  try {
    const suite = runTests({
      vscodeExecutablePath: await desktopExecutable(build),
      extensionDevelopmentPath: extension,
      extensionTestsPath: hostSuite,
      extensionTestsEnv,
      launchArgs: [scratch.workspace, ...desktopArguments(scratch)],
    });
    await limit(seconds, 'the suite in the desktop VS Code ends', suite);
  } finally {
    scratch.dispose();
  }
}
