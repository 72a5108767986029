import { useTranslation } from 'react-i18next';
import { useBrand } from '../../branding/index.ts';
import { useConnection } from '../../calling/index.ts';
import { formatNumber } from '../../phone-numbers/index.ts';
import { usePreferences } from '../../preferences/index.ts';
import { Card, Select, Switch } from '../../ui/index.ts';

/** Which number others see, for who may choose; or none. */
export function CallerNumberSettings() {
  const { t } = useTranslation();
  const { defaultCountry } = useBrand();
  const { state } = useConnection();
  const { values, change } = usePreferences();
  const [usual, ...others] = state.kind === 'ready' ? state.hello.callerNumbers : [];
  const formatted = (number: string) => formatNumber(number, defaultCountry);
  const { callerNumber, isNumberWithheld } = values;
  return (
    <Card title={t('settings.callerNumber')}>
      {usual !== undefined && others.length > 0 && (
        <Select
          label={t('settings.callerNumberLabel')}
          options={[
            { id: usual, name: t('settings.usualCallerNumber', { number: formatted(usual) }) },
            ...others.map((number) => ({ id: number, name: formatted(number) })),
          ]}
          value={callerNumber !== null && others.includes(callerNumber) ? callerNumber : usual}
          onChange={(number) => change({ callerNumber: number === usual ? null : number })}
        />
      )}
      <Switch
        label={t('settings.withholdNumber')}
        hint={t('settings.withholdNumberHint')}
        value={isNumberWithheld}
        onChange={(isOn) => change({ isNumberWithheld: isOn })}
      />
    </Card>
  );
}
