/**
 * The popup as a person meets it: what is written there, and buttons and fields by their names. How
 * its document is reached differs between browsers; what is done with it does not.
 */
export interface Popup {
  /** Waits until a text stands in the popup. */
  see(text: string): Promise<void>;
  /** Presses the button, or takes the row, with this name. */
  press(name: string): Promise<void>;
  /** Types into the field with this label. */
  type(label: string, text: string): Promise<void>;
  /** Everything the popup says at this moment. */
  text(): Promise<string>;
  screenshot(path: string): Promise<void>;
  setColorScheme(scheme: 'light' | 'dark'): Promise<void>;
  close(): Promise<void>;
}

/** Evaluates a function of the popup's document, with arguments that survive JSON. */
export type Evaluate = <Args extends unknown[], Result>(
  task: (document: Document, ...args: Args) => Result,
  ...args: Args
) => Promise<Awaited<Result>>;

export function textOf(document: Document): string {
  const alive = document.body?.innerText ?? '';
  return alive.replaceAll(/\s+/g, ' ').trim();
}

/** Marks the control with this accessible name, so that a real click or key can be aimed at it. */
export function focusNamed(document: Document, name: string, kind: 'button' | 'field'): boolean {
  const selector =
    kind === 'button' ? 'button, [role="button"], [role="option"], a' : 'input, textarea, select';
  const nameOf = (element: Element): string => {
    const labels = 'labels' in element ? [...((element as HTMLInputElement).labels ?? [])] : [];
    const text = [
      element.getAttribute('aria-label') ?? '',
      ...labels.map((label) => label.textContent ?? ''),
      element.getAttribute('placeholder') ?? '',
      kind === 'button' ? (element.textContent ?? '') : '',
    ];
    return text.join(' ').replaceAll(/\s+/g, ' ').trim();
  };
  const shown = [...document.querySelectorAll<HTMLElement>(selector)].filter(
    (element) => element.getClientRects().length > 0 && !element.matches(':disabled'),
  );
  const found =
    shown.find((element) => nameOf(element) === name) ??
    shown.find((element) => nameOf(element).includes(name));
  found?.scrollIntoView({ block: 'nearest' });
  found?.focus();
  return found !== undefined;
}

/** Tries until it holds. The message is asked for only then, so that it can say what was there instead. */
export async function eventually(
  holds: () => Promise<boolean>,
  message: () => Promise<string> | string,
  timeoutMs = 10_000,
): Promise<void> {
  for (const end = Date.now() + timeoutMs; ;) {
    if (await holds().catch(() => false)) return;
    if (Date.now() > end) throw new Error(await message());
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
