import { Plus, Trash2 } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { timeWindowSchema } from '../../../shared/admin/index.ts';
import { Button, IconButton, TextField } from '../../ui/index.ts';
import { ChecksField, FieldGroup, Switch, TagField } from '../../ui/workbench/index.ts';
import type { BoundField } from '../form/index.ts';
import { TimeZoneField } from '../words/index.ts';
import { createDayNames, weekdays } from './describeWhen.ts';
import './HoursFields.css';
import { addWindow, type WindowRow } from './hoursFields.ts';
import { tidyTime } from './tidyTime.ts';

export interface HoursFieldsProps {
  readonly hasHours: BoundField<boolean>;
  readonly timeZone: BoundField<string>;
  readonly windows: BoundField<readonly WindowRow[]>;
  readonly exceptDates: BoundField<readonly string[]>;
}

/** When: always, or at certain hours of certain days by a clock on the wall. */
export function HoursFields({ hasHours, timeZone, windows, exceptDates }: HoursFieldsProps) {
  const { t } = useTranslation();
  const { value: rows, onChange, onBlur, error, isReadOnly } = windows;
  return (
    <FieldGroup title={t('admin.hours.title')}>
      <Switch label={t('admin.hours.hasHours')} hint={t('admin.hours.hasHoursHint')} {...hasHours} />
      {hasHours.value && (
        <>
          <TimeZoneField label={t('admin.hours.timeZone')} {...timeZone} />
          <ul className="hours-windows">
            {rows.map((row, index) => (
              <li key={row.key}>
                <HoursRow
                  row={row}
                  place={index + 1}
                  error={error}
                  isReadOnly={isReadOnly}
                  onBlur={onBlur}
                  onChange={(changed) => onChange(rows.map((one) => (one.key === row.key ? changed : one)))}
                  {...(rows.length > 1 && {
                    onRemove: () => onChange(rows.filter((one) => one.key !== row.key)),
                  })}
                />
              </li>
            ))}
          </ul>
          {!isReadOnly && (
            <div>
              <Button icon={<Plus aria-hidden />} onPress={() => onChange(addWindow(rows))}>
                {t('admin.hours.addWindow')}
              </Button>
            </div>
          )}
          <TagField
            label={t('admin.hours.exceptDates')}
            listLabel={t('admin.hours.exceptDates')}
            addLabel={t('admin.form.add')}
            hint={t('admin.hours.exceptDatesHint')}
            placeholder={t('admin.hours.exceptDatesPlaceholder')}
            {...exceptDates}
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
    label: t(`admin.hours.${name}`),
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
    <fieldset className="hours-window">
      <legend className="hidden-text">{t('admin.hours.window', { place })}</legend>
      <ChecksField
        label={t('admin.hours.days')}
        layout="row"
        options={weekdays.map((id) => ({ id, name: dayNames[id] }))}
        value={row.days}
        onChange={(days) => onChange({ ...row, days })}
        error={errorOf('days')}
        isReadOnly={isReadOnly}
      />
      <div className="hours-window-times">
        <TextField {...time('from')} />
        <TextField {...time('to')} hint={isOvernight ? t('admin.hours.toNextDay') : undefined} />
        {onRemove && !isReadOnly && (
          <IconButton
            variant="danger"
            label={t('admin.hours.removeWindow', { place })}
            icon={<Trash2 aria-hidden />}
            onPress={onRemove}
          />
        )}
      </div>
    </fieldset>
  );
}
