import { CircleCheck, CircleMinus, CircleX, LoaderCircle, Play } from 'lucide-react';
import { Form } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { GatewayTest, GatewayView } from '../../../../shared/admin/index.ts';
import { Button, Notice, TextField } from '../../../ui/index.ts';
import { SidePanel } from '../../../ui/workbench/index.ts';
import { useFigures } from '../../words/index.ts';
import { nameOfGateway } from '../form/GatewayPanel.tsx';
import './GatewayTestPanel.css';
import { SipLadder } from '../../sip-ladder/index.ts';
import { useGatewayTest } from './useGatewayTest.ts';

export interface GatewayTestPanelProps {
  readonly gateway: GatewayView;
  readonly onClose: () => void;
}

/** A trial of a gateway: what is done, how it goes, and the SIP messages of it. */
export function GatewayTestPanel({ gateway, onClose }: GatewayTestPanelProps) {
  const { t } = useTranslation();
  const view = useGatewayTest(gateway.id);
  const { test } = view;
  const isRunning = view.start.isBusy || test?.state === 'running';
  return (
    <SidePanel
      title={t('admin.gatewayTest.title', { name: nameOfGateway(gateway) })}
      closeLabel={t('common.close')}
      onClose={onClose}
      isWide
    >
      <div className="gateway-test">
        <p className="field-hint">{t('admin.gatewayTest.intro')}</p>
        <Form
          className="gateway-test-form"
          onSubmit={(event) => {
            event.preventDefault();
            if (!isRunning) view.start.run();
          }}
        >
          <TextField
            label={t('admin.gatewayTest.number')}
            hint={t('admin.gatewayTest.numberHint')}
            type="tel"
            autoComplete="off"
            value={view.number}
            onChange={view.setNumber}
            error={view.problem}
          />
          <Button type="submit" variant="primary" icon={<Play aria-hidden />} isPending={isRunning}>
            {t(isRunning ? 'admin.gatewayTest.running' : `admin.gatewayTest.${test === null ? 'start' : 'again'}`)}
          </Button>
        </Form>
        {view.start.failure !== null && (
          <Notice tone="danger" isUrgent>
            {view.start.failure}
          </Notice>
        )}
        {view.lost !== null && <Notice tone="warning">{t('admin.gatewayTest.lost', { reason: view.lost })}</Notice>}
        <div aria-live="polite">{test !== null && <Outcome state={test.state} />}</div>
        {test !== null && (
          <>
            <Steps steps={test.steps} />
            <SipLadder messages={test.messages} fileName={`sip-${test.gatewayId}-${test.id}.txt`} />
          </>
        )}
      </div>
    </SidePanel>
  );
}

function Outcome({ state }: Pick<GatewayTest, 'state'>) {
  const { t } = useTranslation();
  const Sign = { running: LoaderCircle, passed: CircleCheck, failed: CircleX }[state];
  return (
    <p className={`gateway-test-outcome gateway-test-${state}`}>
      <Sign aria-hidden />
      {t(`admin.gatewayTest.${state}`)}
    </p>
  );
}

const signs = { running: LoaderCircle, passed: CircleCheck, failed: CircleX, skipped: CircleMinus };

function Steps({ steps }: Pick<GatewayTest, 'steps'>) {
  const { t } = useTranslation();
  const figures = useFigures();
  return (
    <section aria-label={t('admin.gatewayTest.steps')}>
      <h3 className="gateway-test-title">{t('admin.gatewayTest.steps')}</h3>
      <ol className="gateway-test-steps">
        {steps.map(({ step, outcome, text, durationMs }) => {
          const Sign = signs[outcome];
          return (
            <li key={step} className={`gateway-test-${outcome}`}>
              <Sign aria-hidden />
              <span className="gateway-test-step">
                <span className="gateway-test-name">{t(`admin.gatewayTest.stepNames.${step}`)}</span>
                <span className="hidden-text">: {t(`admin.gatewayTest.outcomes.${outcome}`)}. </span>
                <span>{text}</span>
              </span>
              <span className="numerals gateway-test-time">{durationMs !== null && figures.delay(durationMs)}</span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
