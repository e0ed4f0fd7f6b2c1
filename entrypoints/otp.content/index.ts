import { browser, defineContentScript } from '#imports';
import { detectOtpForm, type OtpForm } from '@/utils/detect/detect';
import { fillCode } from '@/utils/fill/fill';
import { onStateChanged, send } from '@/utils/messaging/client';
import type { FormReport } from '@/utils/messaging/protocol';

import { ancestorOrigins } from './ancestors';
import { watchDocument } from './watch';

/**
 * Finds the fields of this document, tells the background what they ask for, and writes the one
 * code it is handed. Registered at run time, and only for sites the person granted.
 */
export default defineContentScript({
  registration: 'runtime',
  allFrames: true,
  runAt: 'document_end',
  main() {
    // Registered for the site and injected from the popup: the second one has nothing to do.
    if (Reflect.has(globalThis, MARK)) return;
    Reflect.set(globalThis, MARK, true);

    const page = new Page();
    const stop = watchDocument(document, () => page.scan());
    onStateChanged(() => {
      // After an update of the extension this script is an orphan that can reach nobody.
      if (browser.runtime.id) page.ask();
      else stop();
    });
    // The next document of this tab may have nothing to say, and would be taken for this one.
    addEventListener('pagehide', () => page.leave());
    addEventListener('pageshow', ({ persisted }) => {
      if (persisted) page.ask();
    });
  },
});

const MARK = 'stepfill';
const RETRY_DELAY_MS = 100;

class Page {
  private form: OtpForm | undefined;
  private asking = false;
  private askAgain = false;

  /** Looks at the document and tells the background what has changed. Returns the shadow roots it met. */
  scan(): Iterable<Node> {
    const roots = new Set<Node>();
    const form = detectOtpForm(document, { shadowRootOf: (element) => rootOf(element, roots) });
    const changed = !isSameForm(form, this.form);
    this.form = form;
    if (changed) this.ask();
    return roots;
  }

  /** Asks for a code when there is a field for it; otherwise only says what the page wants. */
  ask(): void {
    if (this.asking) {
      this.askAgain = true;
      return;
    }
    this.asking = true;
    void this.exchange()
      .catch(() => {
        // The extension was updated or removed: this document has nobody to talk to any more.
        this.askAgain = false;
      })
      .finally(() => {
        this.asking = false;
        if (!this.askAgain) return;
        this.askAgain = false;
        this.ask();
      });
  }

  /** Says that this document's form is gone with it. */
  leave(): void {
    if (this.form) void send('fill.report', noForm).catch(() => undefined);
  }

  private async exchange(): Promise<void> {
    if (!this.form) return send('fill.report', noForm);
    const answer = await send('fill.request', reportOf(this.form));
    if (answer.code !== undefined) return this.fill(answer.code, answer.origin);
    // A moment later than the step begins, so that the two clocks agree on which one it is.
    if (answer.retryAt !== undefined) {
      setTimeout(() => this.ask(), answer.retryAt - Date.now() + RETRY_DELAY_MS);
    }
  }

  private async fill(code: string, origin: string): Promise<void> {
    // The document may have moved on while the background decided, and its fields with it.
    if (origin !== location.origin) return;
    const form = detectOtpForm(document, { anyDelivery: true, shadowRootOf: rootOf });
    await send('fill.done', { outcome: await fillCode(form?.fields ?? [], code) });
  }
}

const noForm: FormReport = { purpose: 'sign-in', delivery: 'unknown', fields: 0 };

/** The same fields asking for the same thing. Who they belong to is not the background's business. */
function isSameForm(a: OtpForm | undefined, b: OtpForm | undefined): boolean {
  if (!a || !b) return a === b;
  return (
    JSON.stringify(reportOf(a)) === JSON.stringify(reportOf(b)) &&
    a.fields.every((field, index) => field === b.fields[index])
  );
}

function reportOf({ purpose, delivery, fields, length }: OtpForm): FormReport {
  const ancestors = ancestorOrigins(window);
  return {
    purpose,
    delivery,
    fields: fields.length,
    ...(length !== undefined && { length }),
    ...(ancestors && { ancestors }),
  };
}

/** Closed roots too: the browser shows them to extensions, and only to them. */
function rootOf(element: Element, met?: Set<Node>): ShadowRoot | null {
  const root = openOrClosedRoot(element);
  if (root) met?.add(root);
  return root;
}

function openOrClosedRoot(element: Element): ShadowRoot | null {
  // Firefox puts it on the element, Chromium into an API of its own.
  if (hasOpenOrClosedRoot(element)) return element.openOrClosedShadowRoot;
  if (!(element instanceof HTMLElement)) return element.shadowRoot;
  return browser.dom.openOrClosedShadowRoot(element);
}

function hasOpenOrClosedRoot(
  element: Element,
): element is Element & { openOrClosedShadowRoot: ShadowRoot | null } {
  return 'openOrClosedShadowRoot' in element;
}
