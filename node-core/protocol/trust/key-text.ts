import { z } from 'zod';

/** A public key as text: 64 lower-case hexadecimal digits. A node is its public key (protocol.md, section 1). */
export const publicKeySchema = z.string().regex(/^[0-9a-f]{64}$/);

/** An Ed25519 signature as text: 128 lower-case hexadecimal digits. */
export const signatureSchema = z.string().regex(/^[0-9a-f]{128}$/);

/** 16 random bytes as text: serials, nonces and enrolments. */
export const token16Schema = z.string().regex(/^[0-9a-f]{32}$/);

/** The SHA-256 of a server's public key (SPKI) as text: what a link, an invite or a directory pins. */
export const pinSchema = z.string().regex(/^[0-9a-f]{64}$/);

/** Short name of a node, for display and logs only; every comparison uses the whole key. */
export const nodeIdOf = (publicKey: string): string => publicKey.slice(0, 16);

/**
 * Whether `signature` (128 hex) is that of `publicKey` (64 hex) over `message`, by the strict rule: key and R canonical
 * and free of torsion, S < L, hex in lower case. Never throws.
 */
export type VerifySignature = (message: Uint8Array, signature: string, publicKey: string) => boolean;
