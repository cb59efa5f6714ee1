import { AjvJsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/ajv';
import type { ToolInputSchema } from '../tools/tool.ts';
import { checkableSchema } from './plain-schema.ts';

/** What is wrong with the arguments, for the model; `null`: nothing, or the schema itself is of no use. */
export function argumentTrouble(schema: ToolInputSchema, given: Readonly<Record<string, unknown>>): string | null {
  try {
    // A validator of its own: it keeps every schema it has seen.
    const { valid, errorMessage } = new AjvJsonSchemaValidator().getValidator(checkableSchema(schema))(given);
    return valid ? null : errorMessage.slice(0, 1000);
  } catch {
    // The server checks its arguments itself.
    return null;
  }
}
