import { describe, expect, it } from 'vitest';
import { inLabel, inLog, inNotification } from '../../../src/editor/shown-text';

const hidden = '\u001b[31m\u202e\u061c';

describe('names in the places of the editor', () => {
  it('make no icon in a label', () => {
    // As VS Code looks for icons.
    expect(inLabel('a $(error) $(sync~spin)')).not.toMatch(/\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/);
    expect(inLabel('a $(error)').replaceAll('\u200b', '')).toBe('a $(error)');
  });

  it('make no link in a notification', () => {
    // As VS Code looks for links.
    const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/gi;
    const name = '[x](command:workbench.action.quit) [y](https://example.invalid "z")';
    expect(name).toMatch(link);
    expect(inNotification(name)).not.toMatch(link);
    expect(inNotification(name).replaceAll('\u200b', '')).toBe(name);
  });

  it('hide nothing, and turn nothing around', () => {
    for (const shown of [inLabel, inNotification, inLog])
      expect(shown(`a${hidden}b`)).toBe('a\\u001b[31m\\u202e\\u061cb');
    expect(inLabel('a\nb')).toBe('a\\u000ab');
  });

  it('leave a stack its lines in the log', () => {
    expect(inLog('Error: a\r\n\tat b\u0007')).toBe('Error: a\n  at b\\u0007');
  });
});
