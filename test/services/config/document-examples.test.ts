import { expect, test } from 'vitest';
import { isDocumentExample } from '../../../node-core/config/document-examples.ts';

test.each([
  ['sk-...', true],
  ['sk-ant-...', true],
  ['sk-…', true],
  ['sk-xxxxxxxx', true],
  ['your-federation-key', true],
  ['your_api_key', true],
  ['http://your-llm-server:8000/v1', true],
  ['mysql://user:pass@host/db', true],
  ['<your key>', true],
  ['sk-proj-7Gh2kd93lsmQ', false],
  ['http://127.0.0.1:8080/v1', false],
  ['https://models.yourcompany.example/v1', false],
  ['flat', false],
  ['', false],
])('%s: %s', (value, isExample) => {
  expect(isDocumentExample(value)).toBe(isExample);
});
