import { describe, expect, it } from 'vitest';
import { visible, visibleLines } from '../../../src/formats/visible';

describe('what would not be seen', () => {
  it.each([
    ['turns the text', 'a\u202eb', 'a\\u202eb'],
    ['steers a terminal', '\u001b[1m\u009b', '\\u001b[1m\\u009b'],
    ['ends a line', 'a\nb\u2028c', 'a\\u000ab\\u2028c'],
    ['has no width', 'a\u200bb\ufeffc\u00add\u2060', 'a\\u200bb\\ufeffc\\u00add\\u2060'],
    ['has no width, beyond the first plane', 'a\u{e0041}', 'a\\udb40\\udc41'],
    ['looks like a space of Hangul', '\u3164', '\\u3164'],
    ['joins letters', 'a\u200db', 'a\\u200db'],
    ['varies a letter', 'a\ufe0f', 'a\\ufe0f'],
    ['is half of a character', '\ud800x', '\\ud800x'],
  ])('is shown where it %s', (_, text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it('is nothing in words of any script and in emoji', () => {
    for (const text of ['שלום 😀 d′ — ok', '网络', 'é', 'क्षि', '❤️', '1️⃣', '👩‍🔬', '🏳️‍🌈', '👍🏽'])
      expect(visible(text)).toBe(text);
  });

  it('leaves lines where there may be several', () => {
    expect(visibleLines('a\u0007\nb')).toBe('a\\u0007\nb');
  });
});
