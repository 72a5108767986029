import { Grid3x3, Mic, MicOff, MonitorSmartphone, Pause, PhoneForwarded, PhoneOff, Play, Plus } from 'lucide-react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { InCallView } from '../useInCall.ts';
import './CallControls.css';
import { Control, ControlFace } from './Control.tsx';
import { callKeys } from './useCallKeys.ts';

/** What can be done with the call in front. While the keypad is open there is room for the most needed alone. */
export function CallControls({ view }: { view: InCallView }) {
  const { t } = useTranslation();
  const { can, isKeypadOpen } = view;
  return (
    <div className="in-call-controls">
      <div className="in-call-toggles">
        <Control
          label={t('inCall.mute')}
          icon={view.isMuted ? <MicOff /> : <Mic />}
          shortcut={callKeys.mute}
          isOn={view.isMuted}
          isDisabled={!can.mute}
          onPress={view.toggleMute}
        />
        {view.hasKeypad && (
          <Control
            label={t('inCall.keypad')}
            icon={<Grid3x3 />}
            shortcut={callKeys.keypad}
            isOn={isKeypadOpen}
            isDisabled={!can.sendTones}
            onPress={view.toggleKeypad}
          />
        )}
        {!isKeypadOpen && (
          <Control
            label={t('inCall.hold')}
            icon={view.isOnHold ? <Play /> : <Pause />}
            shortcut={callKeys.hold}
            isOn={view.isOnHold}
            isDisabled={!can.hold}
            onPress={view.toggleHold}
          />
        )}
        {!isKeypadOpen && view.addCall !== null && (
          <Control
            label={t('inCall.addCall')}
            icon={<Plus />}
            shortcut={callKeys.addCall}
            isDisabled={!can.hold}
            onPress={view.addCall}
          />
        )}
        {!isKeypadOpen && view.passOn !== null && (
          <Control
            label={t('inCall.passOn')}
            icon={<PhoneForwarded />}
            shortcut={callKeys.passOn}
            isDisabled={!can.hold}
            onPress={view.passOn}
          />
        )}
        {!isKeypadOpen && view.move !== null && (
          <Control
            label={t('inCall.move')}
            icon={<MonitorSmartphone />}
            shortcut={callKeys.move}
            isDisabled={!can.move}
            onPress={view.move}
          />
        )}
      </div>
      <Button
        className="control control-hang-up"
        aria-label={t('inCall.hangUp')}
        onPress={view.hangUp}
        isDisabled={!can.hangUp}
      >
        <ControlFace label={t('inCall.hangUp')} icon={<PhoneOff />} />
      </Button>
    </div>
  );
}
