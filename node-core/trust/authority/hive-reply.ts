import type { JsonValue } from '../../protocol/json-value.ts';

/** What the hive listener answers; made by the domain, sent as it is. */
export interface HiveReply {
  readonly status: number;
  readonly body: JsonValue;
  readonly retryAfterSeconds?: number;
  readonly etag?: string;
}

/** Who asks, as far as the connection tells. */
export interface HiveCaller {
  /** Source address; a forwarded one only where a proxy was declared. */
  readonly address: string;
  readonly isLoopback: boolean;
  /** What it sent in `Nunba-Certificate`, decoded and not judged; absent: nothing. */
  readonly presented?: unknown;
}
