import http from 'node:http';

/**
 * A model that sends `count` tokens at `rate` per second, each holding the time it was sent, so that whoever reads it
 * on the same machine can tell how long it took. Runs in a process of its own and prints its port.
 */
const [rate = 200, count = 600] = process.argv.slice(2).map(Number);
const chunk = (content: string, finish: string | null): string =>
  `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 0, model: 'ticker', choices: [{ index: 0, delta: { content }, finish_reason: finish }] })}\n\n`;

/** Microseconds of the machine's monotonic clock, the same for every process. */
const now = (): string => String(process.hrtime.bigint() / 1000n);

const server = http.createServer((request, response) => {
  if (request.url?.endsWith('/models')) {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ object: 'list', data: [{ id: 'ticker', object: 'model' }] }));
    return;
  }
  request.resume();
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.socket?.setNoDelay(true);
  let sent = 0;
  const timer = setInterval(() => {
    sent += 1;
    response.write(chunk(`${now()} `, null));
    if (sent < count) return;
    clearInterval(timer);
    response.end(`${chunk('', 'stop')}data: [DONE]\n\n`);
  }, 1000 / rate);
  response.on('close', () => {
    clearInterval(timer);
    process.stdout.write(`closed ${now()}\n`);
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`port ${typeof address === 'object' ? address?.port : ''}\n`);
});
