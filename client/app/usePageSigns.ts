import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useBrand } from '../branding/index.ts';
import { type ClientCall, describeStatus, useCall } from '../calling/index.ts';
import { formatNumber } from '../phone-numbers/index.ts';
import { useContactByNumber } from '../records/index.ts';

/** The call in the tab's title and icon, for who is on another tab. */
export function usePageSigns(): void {
  const { t } = useTranslation();
  const { name: brand, defaultCountry } = useBrand();
  const { active } = useCall();
  const contact = useContactByNumber(active?.number ?? '');
  useEffect(() => {
    if (active === null) {
      document.title = brand;
    } else {
      const party = contact?.name ?? active.name ?? formatNumber(active.number, defaultCountry);
      document.title = t('title.withParty', { state: describeStatus(active, t), party, brand });
    }
    setIcon(active);
  }, [active, brand, contact, defaultCountry, t]);
}

function setIcon(call: ClientCall | null): void {
  const icon = document.getElementById('favicon');
  const name = call === null ? 'icon' : call.phase === 'established' ? 'icon-talking' : 'icon-ringing';
  if (icon?.getAttribute('href') !== `/${name}.svg`) icon?.setAttribute('href', `/${name}.svg`);
}
