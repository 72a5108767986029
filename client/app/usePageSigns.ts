import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { iconUrl } from '../../shared/branding/index.ts';
import { setPageIcon, useBrand } from '../branding/index.ts';
import { describeStatus, useCall, useIncoming } from '../calling/index.ts';
import { useParty } from '../records/index.ts';

const nobody = { number: '', name: null } as const;
/** How long the title shows one of two things, in milliseconds. */
const titleTurnMs = 1_500;

/** The call in the tab's title and icon, for who is on another tab. One that rings takes turns there with what else there is. */
export function usePageSigns(): void {
  const { t } = useTranslation();
  const { name: brand, logo, palette } = useBrand();
  const { active } = useCall();
  const [ringing = null] = useIncoming().ringing;
  const { title: party } = useParty(active ?? nobody);
  const { title: caller } = useParty(ringing ?? nobody);
  const usual = active === null ? brand : t('title.withParty', { state: describeStatus(active, t), party, brand });
  const news = ringing === null ? null : t('title.ringing', { caller });
  useEffect(() => {
    document.title = news ?? usual;
    if (news === null) return;
    // Background tabs hold timers back: then the news stays for longer, which is what matters.
    let isNews = true;
    const timer = setInterval(() => {
      isNews = !isNews;
      document.title = isNews ? news : usual;
    }, titleTurnMs);
    return () => clearInterval(timer);
  }, [news, usual]);
  const isTalking = active?.phase === 'established' && ringing === null;
  const iconState = isTalking ? 'talking' : active === null && ringing === null ? 'idle' : 'ringing';
  useEffect(() => setPageIcon(iconUrl({ logo, palette }, iconState)), [logo, palette, iconState]);
}
