import { serveClientScript } from '../client-script.ts';
import { codeOf, formOf, sendPage, type Site, type SiteDefinition } from '../site.ts';
import { steps } from './steps.ts';

/** Leads through enrolling, signing in and copying, and shows how far the person has come. */
export const start: SiteDefinition = {
  name: 'start',
  title: 'Stepfill demo',
  summary: 'the guided tour',
  enrolled: false,
  serve(site) {
    const { routes } = site;
    let copied = false;
    serveClientScript(site);
    routes.get('/', (_request, reply) =>
      sendPage(reply, site, {
        title: 'Three steps',
        body: steps((where) => site.url('console', where)),
        script: true,
        wide: true,
      }),
    );
    routes.get('/status', (_request, reply) => {
      copied &&= site.other('console').verifier.enrolled;
      return reply.send({ ...progress(site), copied });
    });
    routes.post('/check', (request, reply) => {
      const right = isCurrentCode(site, codeOf(formOf(request), 'pasted'));
      copied ||= right;
      return reply.send({ right });
    });
  },
};

function progress(site: Site): { enrolled: boolean; signedIn: boolean } {
  const { verifier, sessions } = site.other('console');
  return { enrolled: verifier.enrolled, signedIn: sessions.anyTwoStep };
}

function isCurrentCode(site: Site, code: string): boolean {
  const { verifier } = site.other('console');
  return verifier.enrolled && verifier.timeStepOf(code) !== undefined;
}
