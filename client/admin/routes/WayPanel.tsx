import { Route as RouteSign } from 'lucide-react';
import { Form } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Button, Notice } from '../../ui/index.ts';
import { SidePanel } from '../../ui/workbench/index.ts';
import { CallQuestionFields, Decision, GatewayChoice, useExplain } from '../explain/index.ts';
import './WayPanel.css';

/** Which gateways a call would be offered to, and what dropped the others. */
export function WayPanel({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const view = useExplain();
  return (
    <SidePanel title={t('admin.routes.way')} closeLabel={t('common.close')} onClose={onClose}>
      <div className="way">
        <p className="field-hint">{t('admin.routes.wayHint')}</p>
        <Form
          className="way"
          onSubmit={(event) => {
            event.preventDefault();
            view.ask();
          }}
        >
          <CallQuestionFields view={view} />
          <div>
            <Button type="submit" variant="primary" icon={<RouteSign aria-hidden />} isPending={view.isBusy}>
              {t('admin.routes.ask')}
            </Button>
          </div>
        </Form>
        <div className="way" aria-live="polite">
          {view.failure !== null && <Notice tone="danger">{view.failure}</Notice>}
          {view.answer !== null && (
            <>
              <Decision {...view.answer} />
              <GatewayChoice explanation={view.answer.explanation} />
            </>
          )}
        </div>
      </div>
    </SidePanel>
  );
}
