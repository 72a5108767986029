import { LogOut, Monitor, Moon, Sun } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { BrandLinks } from '../../branding/index.ts';
import { useSignOut } from '../../calling/index.ts';
import { isLanguage, languageNames, type Theme, usePreferences } from '../../preferences/index.ts';
import { useGrant } from '../../session/index.ts';
import { Avatar, Button, Card, PageHeader, Segmented, Select } from '../../ui/index.ts';
import { About } from './About.tsx';
import { CallerNumberSettings } from './CallerNumberSettings.tsx';
import { IncomingSettings } from './IncomingSettings.tsx';
import { KeyboardSettings } from './KeyboardSettings.tsx';
import { RingSettings } from './RingSettings.tsx';
import './SettingsPage.css';
import { SignOutEverywhere } from './SignOutEverywhere.tsx';
import { SoundSettings } from './SoundSettings.tsx';

/** No language of the person's own. */
const brandLanguage = 'brand';

export function SettingsPage() {
  const { t } = useTranslation();
  const { user } = useGrant();
  return (
    <div className="page">
      <PageHeader title={t('settings.title')} />
      <Account />
      {user.role !== 'visitor' && (
        <>
          <IncomingSettings />
          <RingSettings />
        </>
      )}
      <CallerNumberSettings />
      <SoundSettings />
      <Appearance />
      <KeyboardSettings />
      <About />
      <BrandLinks />
    </div>
  );
}

function Account() {
  const { t } = useTranslation();
  const signOut = useSignOut();
  const { user } = useGrant();
  return (
    <Card title={t('settings.account')}>
      <div className="account">
        <Avatar name={user.displayName} />
        <div className="account-text">
          <p className="account-name">{user.displayName}</p>
          <p className="account-user-name">{user.userName}</p>
        </div>
        {user.role !== 'visitor' && <SignOutEverywhere />}
        <Button icon={<LogOut aria-hidden />} onPress={signOut}>
          {t('settings.signOut')}
        </Button>
      </div>
    </Card>
  );
}

function Appearance() {
  const { t } = useTranslation();
  const { values, change } = usePreferences();
  const options: { id: Theme; name: string; icon: React.ReactNode }[] = [
    { id: 'system', name: t('settings.themes.system'), icon: <Monitor aria-hidden /> },
    { id: 'light', name: t('settings.themes.light'), icon: <Sun aria-hidden /> },
    { id: 'dark', name: t('settings.themes.dark'), icon: <Moon aria-hidden /> },
  ];
  return (
    <Card title={t('settings.appearance')}>
      <Segmented
        label={t('settings.theme')}
        options={options}
        value={values.theme}
        onChange={(theme) => change({ theme })}
      />
      <Select
        label={t('settings.language')}
        options={[
          { id: brandLanguage, name: t('settings.languageOfBrand') },
          ...Object.entries(languageNames).map(([id, name]) => ({ id, name })),
        ]}
        value={values.language ?? brandLanguage}
        onChange={(id) => change({ language: isLanguage(id) ? id : null })}
      />
    </Card>
  );
}
