/** White reads on each of them at 4.5 : 1 and more; a test holds the list to it. */
export const markColors = [
  '#3b5bdb',
  '#0b6b5d',
  '#8f3b76',
  '#4a4e57',
  '#a33b20',
  '#2f6f3e',
  '#6741b8',
  '#7a5a12',
  '#1b6588',
  '#b0305a',
  '#55601c',
  '#5b4a8a',
] as const;

/** The same name has the same color everywhere, on every computer. */
export function markColor(name: string): string {
  let hash = 0;
  for (const character of name.toLowerCase()) {
    hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) >>> 0;
  }
  return markColors[hash % markColors.length] ?? markColors[0];
}

export function markLetter(name: string): string {
  const [first = '?'] = name.match(/\p{L}|\p{N}/u) ?? [];
  return first.toUpperCase();
}
