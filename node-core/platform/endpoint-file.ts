import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const endpointSchema = z.object({
  pid: z.number().int().positive(),
  /** `http://127.0.0.1:6777`, or `null` while the node does not listen. */
  address: z
    .string()
    .regex(/^http:\/\/[^/]+$/)
    .max(300)
    .nullable(),
  /** The admin token of this run. */
  token: z.string().min(20).max(200),
});

/** How the commands of a data folder find its running node. */
export type Endpoint = z.infer<typeof endpointSchema>;

/**
 * Says who owns the folder; readable by its owner alone. It means nothing after a power cut, so nothing waits for the
 * disk. Believe it only while the folder is locked.
 */
export function writeEndpoint(runFolder: string, endpoint: Endpoint): void {
  const temporary = path.join(runFolder, `.endpoint.${randomBytes(6).toString('hex')}`);
  fs.writeFileSync(temporary, JSON.stringify(endpoint), { mode: 0o600, flag: 'wx' });
  fs.renameSync(temporary, endpointFile(runFolder));
}

/** The endpoint, or `null` if there is none or it cannot be understood. */
export function readEndpoint(runFolder: string): Endpoint | null {
  try {
    const parsed = endpointSchema.safeParse(JSON.parse(fs.readFileSync(endpointFile(runFolder), 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

export function removeEndpoint(runFolder: string): void {
  fs.rmSync(endpointFile(runFolder), { force: true });
}

const endpointFile = (runFolder: string): string => path.join(runFolder, 'endpoint.json');
