import { Stethoscope } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { SoundDevices } from '../../sound-devices/index.ts';
import { Button, Card } from '../../ui/index.ts';

/** Which microphone and loudspeaker calls use, and the way to try them out. */
export function SoundSettings() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <Card title={t('settings.sound')}>
      <SoundDevices />
      <div>
        <Button icon={<Stethoscope aria-hidden />} onPress={() => navigate('/check')}>
          {t('check.open')}
        </Button>
      </div>
    </Card>
  );
}
