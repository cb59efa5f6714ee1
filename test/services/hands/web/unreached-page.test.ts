import { expect, test } from 'vitest';
import { NothingDone, ToolRefusal } from '../../../../node-core/agents/tools/tool.ts';
import { createFetchPage } from '../../../../node-core/agents/web/fetch-page.ts';
import { systemClock } from '../../../../node-core/platform/system-clock.ts';
import { planDeed } from '../../../builders/deed-tool.ts';
import { closedPort, httpListener } from '../../../builders/model-server.ts';
import { createNearReckoner } from '../../../doubles/reckoner.ts';

/** Why a page was not read, from a net in which only `site.example` has a name. */
async function refusalOf(url: string): Promise<unknown> {
  const resolve = async (name: string): Promise<readonly string[]> => {
    if (name === 'site.example') return ['127.0.0.1'];
    if (name === 'inside.example') return ['10.0.0.1'];
    throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
  };
  const reach = { resolve, isAllowed: (address: string) => address === '127.0.0.1' };
  const tool = createFetchPage({ reach, clock: systemClock, reckoner: createNearReckoner(), version: '1' });
  const { allow } = await planDeed(tool, { url });
  return allow().then(
    () => null,
    (error: unknown) => error,
  );
}

test('of a page that cannot be reached is known that nobody was asked', async () => {
  const closed = `http://site.example:${await closedPort()}/`;
  for (const url of [closed, 'http://nowhere.example/', 'http://inside.example/'])
    expect(await refusalOf(url)).toBeInstanceOf(NothingDone);
});

test('a host that was asked was asked, whatever became of the answer or of the page that it sends on to', async () => {
  const { port: broken } = await httpListener((_request, response) => void response.destroy());
  let asked = 0;
  const { port: sending } = await httpListener((_request, response) => {
    asked += 1;
    if (asked === 1) response.writeHead(302, { location: '/on' }).end();
    else response.destroy();
  });
  for (const port of [broken, sending]) {
    const error = await refusalOf(`http://site.example:${port}/`);
    expect(error).toBeInstanceOf(ToolRefusal);
    expect(error).not.toBeInstanceOf(NothingDone);
  }
  expect(asked).toBe(2);
});
