import { useTranslation } from 'react-i18next';
import { useBrand } from '../../branding/index.ts';
import { usePreferences } from '../../preferences/index.ts';
import { useGrant } from '../../session/index.ts';
import { Card, Switch } from '../../ui/index.ts';

/** What the keyboard does, and the way to switch off what it does by single characters. */
export function KeyboardSettings() {
  const { t } = useTranslation();
  const { features } = useBrand();
  const { user } = useGrant();
  const { values, change } = usePreferences();
  return (
    <Card title={t('settings.keyboard')}>
      <Switch
        label={t('settings.singleKeys')}
        hint={t('settings.singleKeysHint')}
        value={values.hasSingleKeys}
        onChange={(hasSingleKeys) => change({ hasSingleKeys })}
      />
      <dl className="keyboard-help">
        {values.hasSingleKeys && (
          <>
            <Shortcut keys="0–9 * # +" text={t('settings.keyboardDial')} />
            {features.keypad && <Shortcut keys="0–9 * #" text={t('settings.keyboardTones')} />}
            <Shortcut keys="M H K A T D S" text={t('settings.keyboardCall')} />
          </>
        )}
        <Shortcut keys="Enter" text={t('settings.keyboardEnter')} />
        <Shortcut keys="Ctrl V" text={t('settings.keyboardPaste')} />
        {user.role !== 'visitor' && (
          <>
            <Shortcut keys="Enter" text={t('settings.keyboardAccept')} />
            <Shortcut keys="Esc" text={t('settings.keyboardDecline')} />
          </>
        )}
      </dl>
    </Card>
  );
}

function Shortcut({ keys, text }: { keys: string; text: string }) {
  return (
    <div>
      <dt>
        <kbd>{keys}</kbd>
      </dt>
      <dd>{text}</dd>
    </div>
  );
}
