import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { iconUrl } from '../../shared/branding/index.ts';
import { setPageIcon, useBrand } from '../branding/index.ts';
import { describeStatus, useCall } from '../calling/index.ts';
import { formatNumber } from '../phone-numbers/index.ts';
import { useContactByNumber } from '../records/index.ts';

/** The call in the tab's title and icon, for who is on another tab. */
export function usePageSigns(): void {
  const { t } = useTranslation();
  const { name: brand, defaultCountry, logo, palette } = useBrand();
  const { active } = useCall();
  const contact = useContactByNumber(active?.number ?? '');
  useEffect(() => {
    if (active === null) {
      document.title = brand;
    } else {
      const party = contact?.name ?? active.name ?? formatNumber(active.number, defaultCountry);
      document.title = t('title.withParty', { state: describeStatus(active, t), party, brand });
    }
  }, [active, brand, contact, defaultCountry, t]);
  const iconState = active === null ? 'idle' : active.phase === 'established' ? 'talking' : 'ringing';
  useEffect(() => setPageIcon(iconUrl({ logo, palette }, iconState)), [logo, palette, iconState]);
}
