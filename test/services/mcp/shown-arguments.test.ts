import { expect, test } from 'vitest';
import type { ListedTool } from '../../../node-core/agents/mcp/listed-tools.ts';
import { serverTool } from '../../../node-core/agents/mcp/server-tool.ts';
import { deedSchema } from '../../../node-core/api/hands-views.ts';
import { planDeed } from '../../builders/deed-tool.ts';

const listed: ListedTool = {
  name: 'send',
  callName: 'mail__send',
  description: 'Sends',
  inputSchema: { type: 'object' },
  saysItOnlyReads: false,
  digest: '',
  changedAt: null,
};

test('what a server is sent is what the person is shown, by whatever name', async () => {
  const sent: unknown[] = [];
  const tool = serverTool(listed, {
    id: 's1',
    name: 'Mail',
    trouble: () => '',
    call: async (_tool, args) => {
      sent.push(args);
      return { content: [] };
    },
  });
  const given = JSON.parse(
    '{"to":"a@example.org","__proto__":{"hidden":"a secret"},"more":[{"constructor":1,"__proto__":"x"}]}',
  );
  const { deed, allow } = await planDeed(tool, given);
  await allow();
  const shown = deedSchema.parse(deed);
  expect(JSON.stringify(shown.kind === 'call-server' && shown.arguments)).toBe(JSON.stringify(sent[0]));
  expect(JSON.stringify(sent[0])).toBe('{"to":"a@example.org","more":[{"constructor":1}]}');
});
