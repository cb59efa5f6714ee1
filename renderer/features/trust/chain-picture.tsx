import { ArrowDown, ArrowRight } from 'lucide-react';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { TrustView } from '../../../node-core/api/trust-views.ts';
import { shortTime } from '../../messages/time.ts';
import { ownTime } from '../../own-time.ts';
import { classes } from '../../ui/classes.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { FourWords } from '../../ui/four-words.tsx';
import { type ChainLink, chainLinks } from './chain-links.ts';
import { Fold } from './fold.tsx';
import type { Membership } from './membership.ts';
import { ValidityBar } from './validity-bar.tsx';

interface ChainPictureProps {
  trust: TrustView;
  membership: Membership;
}

/** Who vouches for whom, from the hive's anchor down to this computer; below each other where it is narrow. */
export function ChainPicture({ trust, membership }: ChainPictureProps) {
  const { t } = useTranslation();
  const links = chainLinks(trust, membership);
  return (
    <>
      <ol aria-label={t('trust.chain')} className="mt-4.5 flex flex-col items-stretch md:flex-row">
        {links.map((link, place) => (
          <Fragment key={link.publicKey}>
            {place > 0 && <Arrow />}
            <li className="min-w-0 md:flex-1 md:basis-0">
              <LinkCard link={link} membership={membership} />
            </li>
          </Fragment>
        ))}
      </ol>
      <Fold label={t('trust.wholeKeys')}>
        <dl className="divide-y divide-line">
          {links.map((link) => (
            <WholeKey key={link.publicKey} link={link} />
          ))}
        </dl>
      </Fold>
    </>
  );
}

function Arrow() {
  return (
    <li aria-hidden="true" className="grid flex-none place-items-center py-1 text-ink-3 md:w-9 md:py-0">
      <ArrowDown className="md:hidden" />
      <ArrowRight className="hidden md:block rtl:rotate-180" />
    </li>
  );
}

function LinkCard({ link, membership }: { link: ChainLink; membership: Membership }) {
  const role = useRole();
  const name = useName();
  return (
    <div
      className={classes(
        'h-full rounded-card border bg-surface px-4 py-3.5',
        link.kind === 'this-computer' ? 'border-accent' : 'border-line',
      )}
    >
      <p className="text-ink-3 text-tiny">{role(link)}</p>
      <p className="font-semibold [overflow-wrap:anywhere]">{name(link)}</p>
      <p className="mt-1">
        <FourWords words={link.words} />
      </p>
      {link.kind === 'anchor' ? (
        <Pinned membership={membership} />
      ) : (
        <ValidityBar lifetime={link.lifetime} renewsAt={renewalOf(link, membership)} />
      )}
    </div>
  );
}

const renewalOf = (link: ChainLink, membership: Membership): number | null =>
  link.kind === 'this-computer' && membership.renewsAt !== null ? ownTime(membership.renewsAt, membership) : null;

/** What a card is in the chain. */
function useRole(): (link: ChainLink) => string {
  const { t } = useTranslation();
  return (link) => {
    if (link.kind === 'anchor') return t('trust.role.anchor');
    const tier = t(`trust.tier.${link.tier}`);
    return link.kind === 'issuer' ? tier : t('trust.role.thisComputer', { tier: tier.toLocaleLowerCase() });
  };
}

function useName(): (link: ChainLink) => string {
  const { t } = useTranslation();
  return (link) => link.name ?? t('trust.unnamed');
}

/** When this computer was told to trust the anchor. Central was not told: it was made with it. */
function Pinned({ membership }: { membership: Membership }) {
  const { t, i18n } = useTranslation();
  const { tier, joinedAt } = membership;
  const joined = shortTime(ownTime(joinedAt, membership), i18n.language);
  return (
    <p className="mt-2.5 text-ink-3 text-tiny">
      {tier === 'central' ? t('trust.anchorOfCentral') : t('trust.joinedByWords', { joined })}
    </p>
  );
}

function WholeKey({ link }: { link: ChainLink }) {
  const { t } = useTranslation();
  const name = useName()(link);
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 py-2.5 first:pt-0 last:pb-0">
      <div className="min-w-0">
        <dt className="text-ink-2 text-small">{name}</dt>
        <dd dir="ltr" className="font-mono text-small [overflow-wrap:anywhere]">
          {link.publicKey}
        </dd>
      </div>
      <CopyButton text={link.publicKey} label={t('trust.copyKey', { name })} isIcon size="sm" variant="quiet" />
    </div>
  );
}
