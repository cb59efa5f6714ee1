/** Stands where the token goes while it is not shown. */
const tokenPlace = 'YOUR-TOKEN';

/**
 * Asks the default agent from a terminal.
 * @param address OpenAI-compatible address, as far as `/v1`
 */
export function curlExample(address: string, token: string | null): string {
  return [
    `curl ${address}/chat/completions \\`,
    `  -H "Authorization: Bearer ${token ?? tokenPlace}" \\`,
    '  -H "Content-Type: application/json" \\',
    `  -d '{"model": "nunba", "messages": [{"role": "user", "content": "Good morning"}]}'`,
  ].join('\n');
}

/** The same from Python, with OpenAI's own library. */
export function pythonExample(address: string, token: string | null): string {
  return [
    'from openai import OpenAI',
    '',
    `client = OpenAI(base_url="${address}", api_key="${token ?? tokenPlace}")`,
    'answer = client.chat.completions.create(',
    '    model="nunba",',
    '    messages=[{"role": "user", "content": "Good morning"}],',
    ')',
    'print(answer.choices[0].message.content)',
  ].join('\n');
}
