import { property } from '../../scripts/tools.ts';
import { siteDefinitions } from './registry.ts';
import { startSites } from './server.ts';

const firstPort = 4820;

const sites = await startOnFreePort(firstPort);
const lines = siteDefinitions.map(
  ({ name, summary }) => `  ${sites.url(name).padEnd(46)} ${summary}`,
);
process.stdout.write(`Test sites, on this computer only. Start here:\n\n${lines.join('\n')}\n`);

async function startOnFreePort(port: number): Promise<Awaited<ReturnType<typeof startSites>>> {
  try {
    return await startSites({ port });
  } catch (error) {
    if (property(error, 'code') !== 'EADDRINUSE' || port > firstPort + 50) throw error;
    return startOnFreePort(port + 1);
  }
}
