import { HelpCircle, Search } from 'lucide-react';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { Button, Card, EmptyState, Notice } from '../../ui/index.ts';
import { AdminPage } from '../frame/index.ts';
import { CallQuestionFields } from './CallQuestionFields.tsx';
import { questionOfQuery } from './callQuestion.ts';
import './ExplainPage.css';
import { Decision, ExplanationDetails } from './ExplanationView.tsx';
import { type ExplainView, useExplain } from './useExplain.ts';

/** "May this caller call this number now, from here?" and why. */
export function ExplainPage() {
  const { t } = useTranslation();
  const [query] = useSearchParams();
  const [start] = useState(() => questionOfQuery(query));
  const view = useExplain(start);
  return (
    <AdminPage title={t('admin.explain.title')} subtitle={t('admin.explain.subtitle')}>
      <Card>
        <Form
          className="explain-form"
          onSubmit={(event) => {
            event.preventDefault();
            view.ask();
          }}
        >
          <CallQuestionFields view={view} />
          <div>
            <Button type="submit" variant="primary" icon={<Search aria-hidden />} isPending={view.isBusy}>
              {view.isBusy ? t('admin.explain.asking') : t('admin.explain.ask')}
            </Button>
          </div>
        </Form>
      </Card>
      <section aria-label={t('admin.explain.answer')} aria-live="polite" className="explain-answer">
        <Answer view={view} />
      </section>
    </AdminPage>
  );
}

function Answer({ view: { answer, failure } }: { readonly view: ExplainView }) {
  const { t } = useTranslation();
  if (failure !== null) return <Notice tone="danger">{failure}</Notice>;
  if (answer === null) {
    return (
      <EmptyState icon={<HelpCircle />} title={t('admin.explain.noAnswerTitle')}>
        {t('admin.explain.noAnswerText')}
      </EmptyState>
    );
  }
  return (
    <>
      <Decision {...answer} />
      <Card>
        <ExplanationDetails explanation={answer.explanation} />
      </Card>
    </>
  );
}
