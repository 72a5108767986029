import { Link, LogOut } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { UserView } from '../../../shared/admin/index.ts';
import { Button, Notice, useNotices } from '../../ui/index.ts';
import { ConfirmDialog, CopyField, FieldGroup } from '../../ui/workbench/index.ts';
import { pathOf, useAdminApi } from '../api/index.ts';
import { useAction, useWhen } from '../frame/index.ts';
import './UserAccess.css';

const linkSchema = z.object({ url: z.string(), expiresAtMs: z.number() });
type SignInLink = z.infer<typeof linkSchema>;

/** What is done at once: a link that signs the user in, and the end of every sign-in. */
export function UserAccess({ user, isLinkWanted }: { user: UserView; isLinkWanted: boolean }) {
  const { t } = useTranslation();
  return (
    <FieldGroup title={t('admin.users.access')}>
      <SignInLinkMaker user={user} isWanted={isLinkWanted} />
      <SignOutEverywhere user={user} />
    </FieldGroup>
  );
}

function SignInLinkMaker({ user, isWanted }: { user: UserView; isWanted: boolean }) {
  const { t } = useTranslation();
  const when = useWhen();
  const api = useAdminApi();
  const [link, setLink] = useState<SignInLink | null>(null);
  const make = useAction(async () => {
    setLink(await api.ask({ method: 'POST', path: pathOf('users', user.id, '/sign-in-link') }, linkSchema));
  });
  const hasBegun = useRef(false);
  useEffect(() => {
    if (!isWanted || hasBegun.current) return;
    hasBegun.current = true;
    make.run();
  }, [isWanted, make.run]);
  return (
    <div className="user-access">
      <p className="user-note">{t('admin.users.linkText', { name: user.displayName })}</p>
      {link !== null && (
        <CopyField
          label={t('admin.users.link')}
          text={link.url}
          copyLabel={t('admin.form.copy')}
          copiedLabel={t('admin.form.copied')}
          hint={t('admin.users.linkUntil', { when: when(link.expiresAtMs) })}
        />
      )}
      {make.failure !== null && (
        <Notice tone="danger" isUrgent>
          {make.failure}
        </Notice>
      )}
      <div>
        <Button icon={<Link aria-hidden />} isPending={make.isBusy} onPress={make.run}>
          {t('admin.users.getLink')}
        </Button>
      </div>
    </div>
  );
}

function SignOutEverywhere({ user }: { user: UserView }) {
  const { t } = useTranslation();
  const api = useAdminApi();
  const notices = useNotices();
  const [isAsking, setIsAsking] = useState(false);
  const action = useAction(async () => {
    await api.ask({ method: 'POST', path: pathOf('users', user.id, '/sign-out-everywhere') }, z.unknown());
    setIsAsking(false);
    notices.post({ tone: 'plain', text: t('admin.users.signedOut', { name: user.displayName }) });
  });
  return (
    <div className="user-access">
      <p className="user-note">{t('admin.users.signOutText')}</p>
      <div>
        <Button icon={<LogOut aria-hidden />} onPress={() => setIsAsking(true)}>
          {t('admin.users.signOut')}
        </Button>
      </div>
      {isAsking && (
        <ConfirmDialog
          title={t('admin.users.signOutTitle', { name: user.displayName })}
          confirmLabel={t('admin.users.signOut')}
          cancelLabel={t('common.cancel')}
          closeLabel={t('common.close')}
          isBusy={action.isBusy}
          failure={action.failure}
          onConfirm={action.run}
          onCancel={() => {
            action.clear();
            setIsAsking(false);
          }}
        >
          <p>{t('admin.users.signOutText')}</p>
        </ConfirmDialog>
      )}
    </div>
  );
}
