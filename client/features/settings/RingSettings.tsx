import { BellRing } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useIncoming } from '../../calling/index.ts';
import { usePreferences } from '../../preferences/index.ts';
import { useDevices } from '../../sound-devices/index.ts';
import { Button, Card, Segmented, Select } from '../../ui/index.ts';

const ringSounds = ['chime', 'doorbell', 'classic', 'off'] as const;
const ringVolumes = ['soft', 'normal', 'loud'] as const;
const asCalls = 'asCalls';

/** How calls are heard, and where: the ring may sound from the desk while calls are heard in the headset. */
export function RingSettings() {
  const { t } = useTranslation();
  const { playTestRing } = useIncoming();
  const { values, change } = usePreferences();
  const { speakers } = useDevices();
  // Web Audio chooses its device by a method of its own, which fewer browsers have than the one of audio elements.
  const canChooseDevice = typeof AudioContext !== 'undefined' && 'setSinkId' in AudioContext.prototype;
  const { ringDeviceId } = values;
  const isPresent = speakers.some(({ deviceId }) => deviceId === ringDeviceId);
  return (
    <Card title={t('settings.ring')}>
      <Select
        label={t('settings.ringSound')}
        options={ringSounds.map((id) => ({ id, name: t(`settings.ringSounds.${id}`) }))}
        value={values.ringSound}
        onChange={(ringSound) => change({ ringSound: ringSounds.find((id) => id === ringSound) ?? 'chime' })}
      />
      <Segmented
        label={t('settings.ringVolume')}
        options={ringVolumes.map((id) => ({ id, name: t(`settings.ringVolumes.${id}`) }))}
        value={values.ringVolume}
        onChange={(ringVolume) => change({ ringVolume })}
      />
      {canChooseDevice && (
        <Select
          label={t('settings.ringDevice')}
          options={[
            { id: asCalls, name: t('settings.ringDeviceAsCalls') },
            ...speakers.map(({ deviceId, label }, index) => ({
              id: deviceId,
              name: label || t('settings.unnamedSpeaker', { number: String(index + 1) }),
            })),
          ]}
          value={ringDeviceId !== null && isPresent ? ringDeviceId : asCalls}
          onChange={(id) => change({ ringDeviceId: id === asCalls ? null : id })}
        />
      )}
      <div>
        <Button icon={<BellRing aria-hidden />} isDisabled={values.ringSound === 'off'} onPress={playTestRing}>
          {t('settings.testRing')}
        </Button>
      </div>
    </Card>
  );
}
