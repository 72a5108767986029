import { Plus, Trash2 } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { timeWindowSchema } from '../../../shared/admin/index.ts';
import { Button, IconButton, TextField } from '../../ui/index.ts';
import { ChecksField, FieldGroup, Switch, TagField } from '../../ui/workbench/index.ts';
import { TimeZoneField } from '../words/index.ts';
import { createDayNames, weekdays } from './describeWhen.ts';
import { addWindow, type WindowRow } from './ruleFields.ts';
import { tidyTime } from './tidyTime.ts';
import type { RuleForm } from './useRuleForm.ts';

/** When: always, or at certain hours of certain days by a clock on the wall. */
export function HoursFields({ form }: { readonly form: RuleForm }) {
  const { t } = useTranslation();
  const { value: windows, onChange, onBlur, error, isReadOnly } = form.bind('when.windows');
  return (
    <FieldGroup title={t('admin.rules.hours')}>
      <Switch label={t('admin.rules.hasHours')} hint={t('admin.rules.hasHoursHint')} {...form.bind('hasHours')} />
      {form.fields.hasHours && (
        <>
          <TimeZoneField label={t('admin.rules.timeZone')} {...form.bind('when.timeZone')} />
          <ul className="rule-windows">
            {windows.map((row, index) => (
              <li key={row.key}>
                <HoursRow
                  row={row}
                  place={index + 1}
                  error={error}
                  isReadOnly={isReadOnly}
                  onBlur={onBlur}
                  onChange={(changed) => onChange(windows.map((one) => (one.key === row.key ? changed : one)))}
                  {...(windows.length > 1 && {
                    onRemove: () => onChange(windows.filter((one) => one.key !== row.key)),
                  })}
                />
              </li>
            ))}
          </ul>
          {!isReadOnly && (
            <div>
              <Button icon={<Plus aria-hidden />} onPress={() => onChange(addWindow(windows))}>
                {t('admin.rules.addWindow')}
              </Button>
            </div>
          )}
          <TagField
            label={t('admin.rules.exceptDates')}
            listLabel={t('admin.rules.exceptDates')}
            addLabel={t('admin.form.add')}
            hint={t('admin.rules.exceptDatesHint')}
            placeholder={t('admin.rules.exceptDatesPlaceholder')}
            {...form.bind('when.exceptDates')}
          />
        </>
      )}
    </FieldGroup>
  );
}

interface HoursRowProps {
  readonly row: WindowRow;
  readonly place: number;
  /** Something is wrong with one of the rows, and the person has been told. */
  readonly error: string | undefined;
  readonly isReadOnly: boolean;
  readonly onBlur: () => void;
  readonly onChange: (row: WindowRow) => void;
  readonly onRemove?: () => void;
}

function HoursRow({ row, place, error, isReadOnly, onBlur, onChange, onRemove }: HoursRowProps) {
  const { t, i18n } = useTranslation();
  const dayNames = useMemo(() => createDayNames(i18n.language), [i18n.language]);
  const { key: _, ...window } = row;
  const wrong = new Set(timeWindowSchema.safeParse(window).error?.issues.map(({ path }) => path[0]));
  const errorOf = (name: keyof typeof window) => (wrong.has(name) ? error : undefined);
  const isOvernight = wrong.size === 0 && row.to <= row.from;
  const time = (name: 'from' | 'to') => ({
    label: t(`admin.rules.${name}`),
    value: row[name],
    onChange: (value: string) => onChange({ ...row, [name]: value }),
    onBlur: () => {
      onChange({ ...row, [name]: tidyTime(row[name]) });
      onBlur();
    },
    error: errorOf(name),
    isReadOnly,
  });
  return (
    <fieldset className="rule-window">
      <legend className="hidden-text">{t('admin.rules.window', { place })}</legend>
      <ChecksField
        label={t('admin.rules.days')}
        layout="row"
        options={weekdays.map((id) => ({ id, name: dayNames[id] }))}
        value={row.days}
        onChange={(days) => onChange({ ...row, days })}
        error={errorOf('days')}
        isReadOnly={isReadOnly}
      />
      <div className="rule-window-times">
        <TextField {...time('from')} />
        <TextField {...time('to')} hint={isOvernight ? t('admin.rules.toNextDay') : undefined} />
        {onRemove && !isReadOnly && (
          <IconButton
            variant="danger"
            label={t('admin.rules.removeWindow', { place })}
            icon={<Trash2 aria-hidden />}
            onPress={onRemove}
          />
        )}
      </div>
    </fieldset>
  );
}
