/** For pages that talk to the server without leaving: the error sentence, or nothing when accepted. */
export async function sendCode(code: string): Promise<string | undefined> {
  const response = await fetch('/second-step', {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({ code }),
  });
  const answer: unknown = await response.json();
  if (typeof answer !== 'object' || answer === null) return 'The server did not answer.';
  return 'error' in answer && typeof answer.error === 'string' ? answer.error : undefined;
}
