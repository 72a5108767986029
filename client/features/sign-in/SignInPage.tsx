import { Eye, EyeOff } from 'lucide-react';
import { Form } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { BrandLinks, BrandMark, usePageTitle } from '../../branding/index.ts';
import { Button, IconButton, Notice, TextField } from '../../ui/index.ts';
import { BridgeArches } from './BridgeArches.tsx';
import './SignInPage.css';
import { useSignIn } from './useSignIn.ts';

/** `hint`: what signing in is for just now. */
export function SignInPage({ hint = null }: { hint?: string | null }) {
  const { t } = useTranslation();
  usePageTitle();
  const view = useSignIn();
  return (
    <div className="sign-in">
      <aside className="sign-in-stage">
        <BrandMark withName ground="stage" />
        <div className="sign-in-promise">
          <p className="sign-in-promise-title">{t('signIn.promise')}</p>
          <p>{t('signIn.promiseText')}</p>
        </div>
        <BridgeArches />
      </aside>
      <main className="sign-in-main">
        <Form
          className="sign-in-form"
          onSubmit={(event) => {
            event.preventDefault();
            view.submit();
          }}
        >
          <div>
            <h1 className="sign-in-title">{t('signIn.title')}</h1>
            <p className="sign-in-subtitle">{t('signIn.subtitle')}</p>
          </div>
          {hint !== null && <Notice tone="info">{hint}</Notice>}
          {view.problem !== null && (
            <Notice tone="danger" isUrgent>
              {view.problem}
            </Notice>
          )}
          <TextField
            label={t('signIn.userName')}
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            autoFocus
            value={view.userName}
            onChange={view.setUserName}
          />
          <TextField
            label={t('signIn.password')}
            name="password"
            type={view.isRevealed ? 'text' : 'password'}
            autoComplete="current-password"
            value={view.password}
            onChange={view.setPassword}
            trailing={
              <IconButton
                label={view.isRevealed ? t('signIn.conceal') : t('signIn.reveal')}
                icon={view.isRevealed ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
                onPress={view.toggleRevealed}
              />
            }
          />
          <Button type="submit" variant="primary" size="l" isWide isPending={view.isBusy}>
            {view.isBusy ? t('signIn.submitting') : t('signIn.submit')}
          </Button>
          <p className="sign-in-help">{t('signIn.help')}</p>
          <BrandLinks />
        </Form>
      </main>
    </div>
  );
}
