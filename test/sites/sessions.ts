import { randomUUID } from 'node:crypto';

import type { FastifyReply, FastifyRequest } from 'fastify';

export interface Session {
  user: string;
  /** False between the password and the second step. */
  complete: boolean;
  /** Whether a code was asked for. */
  twoStep: boolean;
}

const cookieName = 'session';

/** The signed-in people of one site, known by a cookie. */
export class Sessions {
  readonly #sessions = new Map<string, Session>();

  open(reply: FastifyReply, session: Session): Session {
    const id = randomUUID();
    this.#sessions.set(id, session);
    void reply.header('set-cookie', `${cookieName}=${id}; Path=/; HttpOnly; SameSite=Lax`);
    return session;
  }

  of(request: FastifyRequest): Session | undefined {
    const id = cookie(request.headers.cookie ?? '', cookieName);
    return id === undefined ? undefined : this.#sessions.get(id);
  }

  /** Whether somebody is signed in with both steps. */
  get anyTwoStep(): boolean {
    return this.#sessions.values().some(({ complete, twoStep }) => complete && twoStep);
  }

  end(request: FastifyRequest): void {
    const id = cookie(request.headers.cookie ?? '', cookieName);
    if (id !== undefined) this.#sessions.delete(id);
  }

  clear(): void {
    this.#sessions.clear();
  }
}

function cookie(header: string, name: string): string | undefined {
  const prefix = `${name}=`;
  return header
    .split(/;\s*/)
    .find((pair) => pair.startsWith(prefix))
    ?.slice(prefix.length);
}
