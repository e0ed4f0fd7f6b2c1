import { utf8 } from '../bytes';

/** Deeper than any file that people exchange; shallow enough for every parser's stack. */
const MAX_DEPTH = 64;

/**
 * The JSON of a file from outside, still to be checked. Throws a plain error on bytes that are no
 * UTF-8, on text that is no JSON, and on brackets nested deeper than {@link MAX_DEPTH}. The error
 * may quote the file: it is not to be passed on.
 */
export function parseJson(bytes: Uint8Array): unknown {
  const text = utf8.decode(bytes);
  if (depthOf(text) > MAX_DEPTH) throw new Error('JSON nested too deeply');
  return JSON.parse(text);
}

/** How deep the brackets go. Of text that is no JSON it says nothing, but it ends. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') inString = !inString;
    else if (inString) at += character === '\\' ? 1 : 0;
    else if (character === '[' || character === '{') deepest = Math.max(deepest, ++depth);
    else if (character === ']' || character === '}') depth--;
  }
  return deepest;
}
