import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Dashboard } from './support/dashboard';
import { pause } from './support/limit';
import { project } from './support/project';
import type { Theme } from './support/scratch';
import { Workbench } from './support/workbench';

const shown: [Theme, string][] = [
  ['dark', 'dark'],
  ['light', 'light'],
  ['high contrast dark', 'hc'],
  ['high contrast light', 'hcl'],
];

export async function look(files: string[], folder: string, width: number, only?: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const workbench = await Workbench.open({
    workspace: join(project, 'examples'),
    size: { width, height: 1000 },
    settings: { 'editor.minimap.enabled': false, 'workbench.layoutControl.enabled': false },
  });
  try {
    cpSync(join(project, 'schemas'), join(workbench.scratch.folder, 'schemas'), { recursive: true });
    for (const file of files) {
      await workbench.command('View: Close All Editors');
      await workbench.command('View: Show Explorer');
      await workbench.openFile(file);
      await workbench.command('View: Close Primary Side Bar');
      await workbench.command('RepScope: Analyze Representations');
      const dashboard = await Dashboard.of(workbench);
      await dashboard.reaches('done', 900);
      const name = file.replace('.experiment.json', '');
      const tabs = await dashboard.frame.evaluate<string[]>(
        `[...document.querySelectorAll('[id^=tab-]')].filter((t) => t.clientWidth > 0).map((t) => t.id.slice(4))`,
      );
      console.log(file, tabs.join(' '), await dashboard.frame.evaluate('innerWidth'));
      for (const tab of tabs) {
        if (only && !only.split(',').includes(tab)) continue;
        try {
          await dashboard.tab(tab as 'pca');
        } catch (error) {
          console.log('not drawn', file, tab, String(error).slice(0, 200));
        }
        await pause(800);
        for (const [theme, prefix] of shown) {
          await workbench.theme(theme);
          await pause(700);
          if (prefix !== 'dark' && prefix !== 'light') {
            await workbench.page.screenshot({ path: join(folder, `${name}-${tab}-${prefix}.png`) });
            continue;
          }
          const height = await dashboard.frame.evaluate<number>('document.documentElement.scrollHeight');
          for (let y = 0, at = 0; y < height && at < 14; y += 800, at++) {
            await dashboard.frame.evaluate(`scrollTo(0, ${y})`);
            await pause(350);
            if (prefix === 'dark' || at < 14)
              await workbench.page.screenshot({
                path: join(folder, `${name}-${tab}-${prefix}-${at}.png`),
                clip: { x: width / 2, y: 0, width: width / 2, height: 1000 },
              });
            if (prefix === 'light' && at >= 1) break;
          }
          await dashboard.frame.evaluate(`scrollTo(0, 0)`);
        }
        await workbench.theme('dark');
      }
      writeFileSync(
        join(folder, `${name}.txt`),
        await dashboard.frame.evaluate<string>('document.body.innerText'),
      );
    }
  } catch (error) {
    await workbench.keep('look');
    throw error;
  } finally {
    await workbench.dispose();
  }
}
