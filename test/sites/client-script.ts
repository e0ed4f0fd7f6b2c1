import path from 'node:path';

import { build } from 'esbuild';

import type { Site } from './site.ts';

/** Serves `client.ts` of the site's folder as `/client.js`, bundled with its libraries on first use. */
export function serveClientScript({ definition, routes }: Site): void {
  let script: Promise<string> | undefined;
  routes.get('/client.js', async (_request, reply) => {
    script ??= bundle(path.join(import.meta.dirname, definition.name, 'client.ts'));
    return reply.type('text/javascript; charset=utf-8').send(await script);
  });
}

async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: 'es2022',
    // The generated tsconfig that the project's own extends need not be there yet.
    tsconfigRaw: '{}',
    define: {
      'process.env.NODE_ENV': '"production"',
      __VUE_OPTIONS_API__: 'false',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
  });
  return outputFiles[0]?.text ?? '';
}
