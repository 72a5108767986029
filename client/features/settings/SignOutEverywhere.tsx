import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSignOut } from '../../calling/index.ts';
import { Button, Dialog } from '../../ui/index.ts';

/** Signs out on every device, after asking once. */
export function SignOutEverywhere() {
  const { t } = useTranslation();
  const signOut = useSignOut('everywhere');
  const [isAsking, setIsAsking] = useState(false);
  const close = () => setIsAsking(false);
  return (
    <>
      <Button onPress={() => setIsAsking(true)}>{t('settings.signOutEverywhere')}</Button>
      <Dialog
        title={t('settings.signOutEverywhere')}
        closeLabel={t('common.close')}
        isOpen={isAsking}
        onClose={close}
        actions={
          <>
            <Button autoFocus onPress={close}>
              {t('common.cancel')}
            </Button>
            <Button
              variant="danger"
              onPress={() => {
                close();
                signOut();
              }}
            >
              {t('settings.signOutEverywhereConfirm')}
            </Button>
          </>
        }
      >
        <p>{t('settings.signOutEverywhereText')}</p>
      </Dialog>
    </>
  );
}
