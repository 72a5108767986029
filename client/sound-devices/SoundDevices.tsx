import { Volume2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../calling/index.ts';
import { usePreferences } from '../preferences/index.ts';
import { Button, Notice, Select } from '../ui/index.ts';
import { useDevices } from './useDevices.ts';

const systemDefault = 'system';

/** Which microphone and loudspeaker calls use; a running call changes over at once. */
export function SoundDevices() {
  const { t } = useTranslation();
  const { phone } = useCall();
  const { values, change } = usePreferences();
  const { microphones, speakers, areNamed, reveal } = useDevices();
  const canChooseSpeaker = 'setSinkId' in HTMLMediaElement.prototype;
  const options = (devices: readonly MediaDeviceInfo[], unnamed: (number: string) => string) => [
    { id: systemDefault, name: t('settings.systemDefault') },
    ...devices.map(({ deviceId, label }, index) => ({ id: deviceId, name: label || unnamed(String(index + 1)) })),
  ];
  const present = (id: string | null, devices: readonly MediaDeviceInfo[]) =>
    devices.some(({ deviceId }) => deviceId === id) && id !== null ? id : systemDefault;
  return (
    <>
      {!areNamed && (
        <Notice tone="info" action={<Button onPress={reveal}>{t('settings.allowMicrophone')}</Button>}>
          {t('settings.devicesHidden')}
        </Notice>
      )}
      <Select
        label={t('settings.microphone')}
        options={options(microphones, (number) => t('settings.unnamedMicrophone', { number }))}
        value={present(values.microphoneId, microphones)}
        onChange={(id) => change({ microphoneId: id === systemDefault ? null : id })}
      />
      {canChooseSpeaker ? (
        <Select
          label={t('settings.speaker')}
          options={options(speakers, (number) => t('settings.unnamedSpeaker', { number }))}
          value={present(values.speakerId, speakers)}
          onChange={(id) => change({ speakerId: id === systemDefault ? null : id })}
        />
      ) : (
        <p className="settings-hint">{t('settings.speakerFixed')}</p>
      )}
      <div>
        <Button icon={<Volume2 aria-hidden />} onPress={() => phone.playTest()}>
          {t('settings.testSpeaker')}
        </Button>
      </div>
    </>
  );
}
