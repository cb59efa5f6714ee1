import { describeError } from '../../protocol/describe-error.ts';
import type { Clock, Timer } from '../../protocol/ports/clock.ts';
import type { Log } from '../../protocol/ports/log.ts';
import type { CertificateChain } from '../../protocol/trust/certificate.ts';
import {
  type Directory,
  type Parent,
  type SignedDirectory,
  signedDirectorySchema,
} from '../../protocol/trust/directory.ts';
import { readWireTime } from '../../protocol/trust/wire-time.ts';
import type { Storage } from '../../storage/storage.ts';
import type { HiveTime } from '../hive-time.ts';
import type { NodeIdentity } from '../identity/node-identity.ts';
import type { HiveDirectory } from './hive-directory.ts';
import { createHiveState, type HiveState } from './hive-state.ts';
import type { Issuer, IssuerStanding } from './issuer-standing.ts';
import type { IssuerAddress } from './steward-desk.ts';

/** What central makes its directory of. */
export interface DirectoryMakerOptions {
  readonly storage: Pick<Storage, 'db'>;
  readonly issuer: Issuer;
  readonly identity: Pick<NodeIdentity, 'sign'>;
  /** Central's own address. */
  readonly address: () => IssuerAddress | null;
  readonly hiveTime: Pick<HiveTime, 'now'>;
  readonly clock: Pick<Clock, 'every'>;
  readonly log: Log;
}

/** Central's directory. */
export interface DirectoryMaker extends HiveDirectory {
  /** Looks whether the directory is still right, and makes it anew if it is not. Never rejects. */
  remake(): Promise<void>;
  /** Ends its timer. */
  stop(): void;
}

/** Regionals that one directory names besides central, and addresses for orders. */
const mostRegionals = 199;
const mostOrderSources = 50;
/** How often members are looked at by itself: certificates end, and other processes issue. ms */
const lookMs = 60_000;
/** A directory whose signer's certificate ends earlier is signed again by one that lasts longer, ms. */
const freshMs = 3 * 24 * 60 * 60_000;

/**
 * Central's directory, shared by its processes: whoever sees that it is not right any more signs a new one with its
 * node key. A sequence is never used twice, as it is taken together with the content.
 */
export function createDirectoryMaker(options: DirectoryMakerOptions): DirectoryMaker {
  return new StoredDirectory(options);
}

class StoredDirectory implements DirectoryMaker {
  readonly #options: DirectoryMakerOptions;
  readonly #state: HiveState<SignedDirectory>;
  readonly #timer: Timer;
  #present: SignedDirectory | null = null;
  #last: Promise<void> = Promise.resolve();

  constructor(options: DirectoryMakerOptions) {
    this.#options = options;
    this.#state = createHiveState(options.storage, 'directory', signedDirectorySchema);
    this.#timer = options.clock.every(lookMs, () => void this.remake());
  }

  get(): SignedDirectory | null {
    return this.#present;
  }

  remake(): Promise<void> {
    this.#last = this.#last.then(() =>
      this.#remakeNow().catch((error: unknown) => {
        this.#options.log.warn({ error: describeError(error) }, 'The directory could not be made; it is tried again.');
      }),
    );
    return this.#last;
  }

  stop(): void {
    this.#timer.cancel();
  }

  async #remakeNow(): Promise<void> {
    const { issuer, address, hiveTime, identity } = this.#options;
    const standing = issuer.standing();
    const at = address();
    if (standing === null || at === null) {
      this.#present = await this.#state.read();
      return;
    }
    const now = hiveTime.now();
    const content = await this.#content(standing, at, now);
    this.#present = await this.#state.change((present) => {
      if (present && isRight(present, content, standing.processChain, now)) return present;
      // Seconds, so that it grows even over a database that was restored from a backup.
      const sequence = Math.max(present?.directory.sequence ?? 0, Math.floor(now / 1000) - 1) + 1;
      const directory = { hive: standing.hive, sequence, ...content };
      return { directory, signature: identity.sign('directory', directory), signer: standing.processChain };
    });
  }

  async #content(standing: IssuerStanding, at: IssuerAddress, now: number): Promise<Content> {
    const rows = await this.#options.storage.db
      .selectFrom('hive_members')
      .select(['public_key', 'advertised_url', 'advertised_tls'])
      .where('state', '=', 'active')
      .where('tier', '=', 'regional')
      .where('may_issue', '=', 1)
      .where('advertised_url', 'is not', null)
      .where('certificate_ends_at', '>', now)
      .orderBy('joined_at')
      .orderBy('public_key')
      .limit(mostRegionals)
      .execute();
    const regionals = rows.flatMap(({ public_key, advertised_url, advertised_tls }) =>
      advertised_url === null ? [] : [parent(advertised_url, public_key, advertised_tls, 'local')],
    );
    const parents = [parent(at.url, standing.parentKey, at.pin, standing.issues), ...regionals];
    const order_sources = [...new Set(parents.map(({ url }) => url))].slice(0, mostOrderSources);
    return { parents, order_sources };
  }
}

type Content = Pick<Directory, 'parents' | 'order_sources'>;

const parent = (url: string, public_key: string, tls: string | null, tier: Parent['tier']): Parent => ({
  url,
  public_key,
  ...(tls === null ? {} : { tls }),
  tier,
});

/** Whether it says this, and its signer's certificate lasts; a signer that lasts no longer itself changes nothing. */
function isRight(
  { directory, signer }: SignedDirectory,
  content: Content,
  own: CertificateChain,
  now: number,
): boolean {
  const said = { parents: directory.parents, order_sources: directory.order_sources };
  if (JSON.stringify(said) !== JSON.stringify(content)) return false;
  const end = endOf(signer);
  return end - now > freshMs || endOf(own) <= end;
}

/** ms since the epoch */
const endOf = ({ certificate }: CertificateChain): number => (readWireTime(certificate.expires_at) ?? 0) / 1000;
