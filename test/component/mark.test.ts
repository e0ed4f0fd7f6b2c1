import { describe, expect, it } from 'vitest';

import { markColor, markColors, markLetter } from '@/components/mark';

/** WCAG 2.2, relative luminance and contrast. */
function contrastWithWhite(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05);
}

describe('the mark of an account', () => {
  it.each(markColors)('has %s, on which white can be read', (color) => {
    expect(contrastWithWhite(color)).toBeGreaterThanOrEqual(4.5);
  });

  it('has one color for one name, however the name is capitalized', () => {
    expect(markColor('Foundry')).toBe(markColor('foundry'));
  });

  it.each([
    { name: 'foundry', letter: 'F' },
    { name: '  «Éclair»', letter: 'É' },
    { name: '9front', letter: '9' },
    { name: '東京', letter: '東' },
    { name: '', letter: '?' },
  ])('shows $letter for "$name"', ({ name, letter }) => {
    expect(markLetter(name)).toBe(letter);
  });
});
