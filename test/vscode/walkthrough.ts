import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Dashboard } from './support/dashboard';
import { pause } from './support/limit';
import { project } from './support/project';
import { Workbench } from './support/workbench';

const example = 'easy-vs-hard.experiment.json';

/** Takes the pictures of the walkthrough in a real VS Code, of the example that it opens. */
export async function takeWalkthroughPictures(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const workbench = await Workbench.open({
    workspace: join(project, 'examples'),
    size: { width: 1200, height: 750 },
    settings: {
      'editor.minimap.enabled': false,
      'workbench.layoutControl.enabled': false,
      'window.commandCenter': false,
      'workbench.activityBar.location': 'hidden',
    },
  });
  try {
    // The examples name the schema by its place beside them.
    cpSync(join(project, 'schemas'), join(workbench.scratch.folder, 'schemas'), { recursive: true });
    await pictures(workbench, folder);
  } catch (error) {
    await workbench.keep('walkthrough');
    throw error;
  } finally {
    await workbench.dispose();
  }
}

async function pictures(workbench: Workbench, folder: string): Promise<void> {
  const { page, editor } = workbench;
  const take = async (name: string): Promise<void> => {
    await pause(500);
    await page.screenshot({ path: join(folder, `${name}.png`) });
  };
  await workbench.openFile(example);
  await workbench.theme('light');
  await workbench.command('View: Close Primary Side Bar');
  await workbench.command('Analyze Representations');
  const dashboard = await Dashboard.of(workbench);
  await dashboard.frame.locator('.live-curves canvas').waitFor();
  await pause(8000);
  await take('training');
  await dashboard.reaches('done', 900);
  await dashboard.tab('overview');
  await take('overview');
  await dashboard.tab('pca');
  await take('panels');
  await editor.hover('"hard":');
  await take('hover');
  await editor.leaveHover();
  // The file alone, with its results.
  await workbench.tab(/RepScope/).click({ button: 'middle' });
  await take('file');
}
