import { useTranslation } from 'react-i18next';
import { useBrand } from '../../branding/index.ts';
import { useConnection } from '../../calling/index.ts';
import { formatNumber } from '../../phone-numbers/index.ts';
import { usePreferences } from '../../preferences/index.ts';
import { Card, Select } from '../../ui/index.ts';

/** Which number others see; only for who may choose. */
export function CallerNumberSettings() {
  const { t } = useTranslation();
  const { defaultCountry } = useBrand();
  const { state } = useConnection();
  const { values, change } = usePreferences();
  const [usual, ...others] = state.kind === 'ready' ? state.hello.callerNumbers : [];
  if (usual === undefined || others.length === 0) return null;
  const formatted = (number: string) => formatNumber(number, defaultCountry);
  const options = [
    { id: usual, name: t('settings.usualCallerNumber', { number: formatted(usual) }) },
    ...others.map((number) => ({ id: number, name: formatted(number) })),
  ];
  const { callerNumber } = values;
  return (
    <Card title={t('settings.callerNumber')}>
      <Select
        label={t('settings.callerNumberLabel')}
        options={options}
        value={callerNumber !== null && others.includes(callerNumber) ? callerNumber : usual}
        onChange={(number) => change({ callerNumber: number === usual ? null : number })}
      />
    </Card>
  );
}
