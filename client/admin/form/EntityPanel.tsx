import { type ReactNode, useId, useState } from 'react';
import { Form } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Button, Notice } from '../../ui/index.ts';
import { ConfirmDialog, SidePanel } from '../../ui/workbench/index.ts';
import './EntityPanel.css';
import type { EntityForm } from './EntityForm.ts';

export interface EntityPanelProps {
  readonly title: string;
  readonly subtitle?: ReactNode;
  readonly form: Pick<
    EntityForm<object>,
    'conflict' | 'failure' | 'isBusy' | 'isDirty' | 'isNew' | 'isReadOnly' | 'save' | 'takeNewest'
  >;
  readonly onClose: () => void;
  readonly isWide?: boolean;
  /** Absent: "Create" or "Save". */
  readonly saveLabel?: string;
  /** Before Cancel and Save; for `DeleteEntity`. */
  readonly danger?: ReactNode;
  /** The fields. */
  readonly children: ReactNode;
  /** Below the form: what is done at once, without saving. */
  readonly aside?: ReactNode;
}

/** The form of one entity beside its list. Unsaved changes are not closed away by chance. */
export function EntityPanel(props: EntityPanelProps) {
  const { title, subtitle, form, onClose, isWide = false, saveLabel, danger, children, aside } = props;
  const { t } = useTranslation();
  const formId = useId();
  const [isLeaving, setIsLeaving] = useState(false);
  const close = () => (form.isDirty ? setIsLeaving(true) : onClose());
  const saveText = saveLabel ?? (form.isNew ? t('admin.form.create') : t('common.save'));
  const actions = form.isReadOnly ? (
    <Button onPress={onClose}>{t('common.close')}</Button>
  ) : (
    <>
      {danger !== undefined && <div className="entity-panel-danger">{danger}</div>}
      <Button onPress={close}>{t('common.cancel')}</Button>
      <Button variant="primary" type="submit" form={formId} isPending={form.isBusy}>
        {saveText}
      </Button>
    </>
  );
  return (
    <SidePanel
      title={title}
      {...(subtitle !== undefined && { subtitle })}
      closeLabel={t('common.close')}
      onClose={close}
      isWide={isWide}
      actions={actions}
    >
      <Form
        id={formId}
        className="entity-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!form.isReadOnly) form.save();
        }}
      >
        <FormNotices form={form} />
        {children}
      </Form>
      {aside !== undefined && <div className="entity-aside">{aside}</div>}
      {isLeaving && (
        <ConfirmDialog
          title={t('admin.form.leaveTitle')}
          confirmLabel={t('admin.form.leave')}
          cancelLabel={t('admin.form.stay')}
          closeLabel={t('common.close')}
          onConfirm={onClose}
          onCancel={() => setIsLeaving(false)}
        >
          {t('admin.form.leaveText')}
        </ConfirmDialog>
      )}
    </SidePanel>
  );
}

function FormNotices({ form }: Pick<EntityPanelProps, 'form'>) {
  const { t } = useTranslation();
  return (
    <>
      {form.conflict === 'met' && (
        <Notice
          tone="warning"
          isUrgent
          title={t('admin.form.conflictTitle')}
          action={
            <Button isPending={form.isBusy} onPress={form.takeNewest}>
              {t('admin.form.look')}
            </Button>
          }
        >
          {t('admin.form.conflictText')}
        </Notice>
      )}
      {form.conflict === 'merged' && (
        <Notice tone="info" isUrgent>
          {t('admin.form.merged')}
        </Notice>
      )}
      {form.failure !== null && (
        <Notice tone="danger" isUrgent>
          {form.failure}
        </Notice>
      )}
    </>
  );
}
