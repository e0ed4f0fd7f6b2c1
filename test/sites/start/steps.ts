import { html, type Html } from '../html.ts';

export function steps(consoleUrl: (path: string) => string): Html {
  return html`<h1 class="lead">Your second step, in three</h1>
    <p class="lead">
      Foundry Demo is a small site on this computer. It checks its codes as real sites do; any
      password will do.
    </p>
    <ol class="steps">
      ${enroll(consoleUrl('/'))} ${signIn(consoleUrl('/login'))} ${copy}
    </ol>
    <p class="note">Nothing leaves this computer. Restart the demo to begin again.</p>`;
}

const enroll = (homeUrl: string) =>
  html`<li class="card" data-step="enrolled">
    <h2>Enroll</h2>
    <ol>
      <li>
        Open <a href="${homeUrl}" target="_blank">Foundry Demo</a>, sign in, and choose
        <b>Set up two-step sign-in</b>.
      </li>
      <li>
        Press the Stepfill button in the toolbar, or <kbd>Alt</kbd>+<kbd>Shift</kbd>+<kbd>O</kbd>.
      </li>
      <li>Choose <b>Scan page</b>, look at what was found, and press <b>Save</b>.</li>
      <li>Press <b>Verify</b> on the page. The code is in the field already.</li>
    </ol>
  </li>`;

const signIn = (loginUrl: string) =>
  html`<li class="card" data-step="signedIn">
    <h2>Sign in</h2>
    <ol>
      <li>
        Sign out of Foundry Demo, and <a href="${loginUrl}" target="_blank">sign in again</a>.
      </li>
      <li>
        When the page asks for a code, Stepfill fills it. If it may not fill there by itself, press
        <kbd>Alt</kbd>+<kbd>Shift</kbd>+<kbd>O</kbd> and then <kbd>Enter</kbd>.
      </li>
    </ol>
  </li>`;

const copy = html`<li class="card" data-step="copied">
  <h2>Copy</h2>
  <ol>
    <li>
      For a terminal or another program: <kbd>Alt</kbd>+<kbd>Shift</kbd>+<kbd>O</kbd>, type
      <kbd>f</kbd><kbd>o</kbd>, press <kbd>Enter</kbd>.
    </li>
    <li>Paste what you copied here, and Foundry Demo says whether it is right.</li>
  </ol>
  <form id="check" class="inline">
    <input name="pasted" aria-label="What you copied" placeholder="Paste here" autocomplete="off" />
    <button class="quiet">Check</button>
    <output></output>
  </form>
</li>`;
