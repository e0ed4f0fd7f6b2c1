export const MIN_PASSPHRASE_LENGTH = 8;

export type Strength = 'minutes' | 'hours' | 'days' | 'months' | 'years' | 'centuries';

/** Characters as people count them. */
export function isTooShort(passphrase: string): boolean {
  return Array.from(passphrase).length < MIN_PASSPHRASE_LENGTH;
}

/**
 * Guesses in a second against a slow key derivation, as zxcvbn puts it for a large attacker. Ours is
 * slower; the estimate errs to the safe side.
 */
const GUESSES_PER_SECOND = 10_000;

const limits = [
  { strength: 'minutes', seconds: 3600 },
  { strength: 'hours', seconds: 86_400 },
  { strength: 'days', seconds: 30 * 86_400 },
  { strength: 'months', seconds: 365 * 86_400 },
  { strength: 'years', seconds: 100 * 365 * 86_400 },
] as const;

export function strengthOf(guesses: number): Strength {
  const seconds = guesses / GUESSES_PER_SECOND;
  return limits.find((limit) => seconds < limit.seconds)?.strength ?? 'centuries';
}

export type Estimate = (passphrase: string) => Strength;

let engine: Promise<Estimate> | undefined;

/** The estimator and its word lists are large: they are loaded when a passphrase is being chosen. */
export function loadEstimate(): Promise<Estimate> {
  engine ??= load();
  return engine;
}

async function load(): Promise<Estimate> {
  const [{ ZxcvbnFactory }, common, words, names] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en/dist/commonWords.json.mjs'),
    import('@zxcvbn-ts/language-en/dist/firstnames.json.mjs'),
  ]);
  const zxcvbn = new ZxcvbnFactory({
    dictionary: { ...common.dictionary, words: words.default, names: names.default },
    graphs: common.adjacencyGraphs,
  });
  return (passphrase) => strengthOf(zxcvbn.check(passphrase, ['stepfill']).guesses);
}
