import { describe, expect, it } from 'vitest';
import { commentLine, provenanceOf, sourceOf } from '../../webview/src/provenance';
import { withoutPicture } from '../../webview/src/panel';
import { done } from './live-states';
import { editorPages } from './support/editor-page';
import { synthetic } from './synthetic';

describe('figures that are not of what the file and its newest run say', () => {
  it.each([
    ['newest', false, undefined],
    ['newest', true, 'Of the file before it was changed'],
    ['before', true, 'Of the run before'],
    ['older', false, 'Of an older run'],
  ] as const)('say in their files of which run they are: %s, stale: %s', (foundBy, stale, said) => {
    const source = sourceOf(synthetic().results, undefined, { foundBy, stale });
    const provenance = provenanceOf(source, 'Tasks', withoutPicture(''));
    expect(provenance.standing).toBe(said);
    expect(commentLine(provenance).endsWith(`${said ?? provenance.fingerprint}\r\n`)).toBe(true);
  });

  const open = editorPages();

  it('each have a mark of their own, also one that stands by itself', async () => {
    const live = { ...done, run: { ...done.run, foundBy: 'before' as const } };
    const dashboard = await open({ live });
    const marks = dashboard.page.locator('section.figure .standing:visible');
    expect(await marks.allTextContents()).toEqual(['Of the run before', 'Of the run before']);
    await dashboard.close();
    const alone = await open({ live, figure: { panel: 'overview', figure: 'Tasks', choices: '{}' } });
    await alone.page.locator('.standing', { hasText: 'Of the run before' }).waitFor();
    await alone.close();
    const newest = await open({ live: done });
    expect(await newest.page.locator('.standing:visible').count()).toBe(0);
    await newest.close();
  });
});
