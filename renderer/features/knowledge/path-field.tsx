import { FolderSearch } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FolderDialog } from '../../folders/folder-dialog.tsx';
import { Button } from '../../ui/button.tsx';
import { Field, TextInput } from '../../ui/field.tsx';

interface PathFieldProps {
  value: string;
  onChange: (path: string) => void;
  isMissing: boolean;
}

/** A folder or file of a collection: a folder can be chosen by going through those that are there. */
export function PathField({ value, onChange, isMissing }: PathFieldProps) {
  const { t } = useTranslation();
  const [isChoosing, setChoosing] = useState(false);
  return (
    <div className="flex flex-col items-start gap-2">
      <Field
        className="w-full"
        label={t('knowledge.path')}
        hint={t('knowledge.pathHint')}
        error={isMissing ? t('knowledge.problem.path') : null}
      >
        <TextInput
          required
          dir="ltr"
          spellCheck={false}
          autoComplete="off"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      </Field>
      <Button size="sm" icon={<FolderSearch />} onClick={() => setChoosing(true)}>
        {t('knowledge.choose')}
      </Button>
      <FolderDialog
        isOpen={isChoosing}
        onClose={() => setChoosing(false)}
        description={t('knowledge.chooseHint')}
        pickLabel={(name) => t('knowledge.chooseThis', { name })}
        onPick={(path) => {
          onChange(path);
          setChoosing(false);
        }}
      />
    </div>
  );
}
