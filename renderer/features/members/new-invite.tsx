import { Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CreatedInvite } from '../../../node-core/api/trust-views.ts';
import { shortTime } from '../../messages/time.ts';
import { saveFile } from '../../save-file.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Field, TextInput } from '../../ui/field.tsx';
import { QrCode } from './qr-code.tsx';
import { qrPng, qrShape } from './qr-shape.ts';

interface NewInviteProps {
  made: CreatedInvite;
  onClose: () => void;
}

/** A new invite as a link, a page and a picture. The secret in it is shown this one time. */
export function NewInvite({ made: { invite, link, page }, onClose }: NewInviteProps) {
  const { t, i18n } = useTranslation();
  const [isRefused, setRefused] = useState(false);
  const shape = qrShape(link);
  const save = async (): Promise<void> => {
    const picture = await qrPng(shape);
    setRefused(picture === null);
    if (picture) saveFile(`nunba-invite-${invite.id}.png`, [picture], 'image/png');
  };
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-col items-center gap-4 sm:flex-row sm:items-start">
        <div className="flex flex-none flex-col items-center gap-2">
          <QrCode shape={shape} label={t('members.qr')} />
          <Button size="sm" icon={<Download />} onClick={() => void save()}>
            {t('members.savePicture')}
          </Button>
        </div>
        <div className="flex w-full min-w-0 flex-1 flex-col gap-3">
          <Copyable
            label={t('members.link')}
            text={link}
            copyLabel={t('members.copyLink')}
            hint={t('members.linkHint')}
          />
          <Copyable
            label={t('members.page')}
            text={page}
            copyLabel={t('members.copyPage')}
            hint={t('members.pageHint')}
          />
        </div>
      </div>
      {isRefused && <Banner tone="bad">{t('members.pictureRefused')}</Banner>}
      <p className="text-ink-2 text-small">
        {t('members.goodTimes', { count: invite.uses, until: shortTime(invite.expiresAt, i18n.language) })}
      </p>
      <div className="flex justify-end">
        <Button variant="primary" onClick={onClose}>
          {t('members.done')}
        </Button>
      </div>
    </div>
  );
}

interface CopyableProps {
  label: string;
  text: string;
  hint: string;
  copyLabel: string;
}

function Copyable({ label, text, hint, copyLabel }: CopyableProps) {
  return (
    <div>
      <Field label={label} hint={hint}>
        <TextInput readOnly dir="ltr" value={text} onFocus={(event) => event.target.select()} />
      </Field>
      <CopyButton text={text} label={copyLabel} size="sm" className="mt-1.5" />
    </div>
  );
}
