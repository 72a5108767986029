import { useTranslation } from 'react-i18next';
import { Segmented, TextField } from '../../ui/index.ts';
import { ChoiceField, Fold, MultiChoiceField } from '../../ui/workbench/index.ts';
import { useAccess } from '../access.ts';
import { useOptions } from '../api/index.ts';
import { type CallerKind, type CallQuestion, toLocalTime } from './callQuestion.ts';
import './CallQuestionFields.css';
import { UserNameField } from './UserNameField.tsx';
import type { CallQuestionView } from './useCallQuestion.ts';

const kinds: readonly CallerKind[] = ['user', 'visitor', 'hostUser'];

/** Who calls which number, from where, and when. */
export function CallQuestionFields({ view }: { readonly view: CallQuestionView }) {
  const { t } = useTranslation();
  const { question, change, problemAt } = view;
  const { destination, kind } = question;
  return (
    <div className="call-question">
      <Segmented
        label={t('admin.explain.caller')}
        options={kinds.map((id) => ({ id, name: t(`admin.explain.kinds.${id}`) }))}
        value={kind}
        onChange={(next) => change({ kind: next })}
      />
      <p className="field-hint">{t(`admin.explain.kindHints.${kind}`)}</p>
      <div className="call-question-pair">
        <CallerFields view={view} />
        <TextField
          label={t('admin.explain.destination')}
          hint={t('admin.explain.destinationHint')}
          type="tel"
          autoComplete="off"
          value={destination}
          onChange={(value) => change({ destination: value })}
          error={problemAt('destination')}
        />
      </div>
      {kind === 'hostUser' && <GroupsField view={view} />}
      <Fold title={t('admin.explain.more')}>
        <div className="call-question-circumstances">
          <Circumstances view={view} />
        </div>
      </Fold>
    </div>
  );
}

function CallerFields({ view }: { readonly view: CallQuestionView }) {
  const { t } = useTranslation();
  const { question, change, problemAt } = view;
  const brands = useOptions('brands');
  const embedKeys = useOptions('embedKeys');
  switch (question.kind) {
    case 'user':
      return (
        <UserNameField
          value={question.userName}
          onChange={(userName) => change({ userName })}
          error={problemAt('caller.userName')}
        />
      );
    case 'visitor':
      return (
        <ChoiceField
          label={t('admin.explain.embedKey')}
          placeholder={t('admin.explain.chooseEmbedKey')}
          options={embedKeys.options}
          value={question.embedKeyId}
          onChange={(embedKeyId) => change({ embedKeyId })}
          error={problemAt('caller.embedKeyId')}
        />
      );
    case 'hostUser':
      return (
        <>
          <TextField
            label={t('admin.explain.hostUserName')}
            autoComplete="off"
            autoCapitalize="none"
            value={question.hostUserName}
            onChange={(hostUserName) => change({ hostUserName })}
            error={problemAt('caller.userName')}
          />
          <ChoiceField
            label={t('admin.explain.brand')}
            placeholder={t('admin.explain.chooseBrand')}
            options={brands.options}
            value={question.hostBrandId}
            onChange={(hostBrandId) => change({ hostBrandId })}
            error={problemAt('caller.brandId')}
          />
        </>
      );
  }
}

function GroupsField({ view: { question, change } }: { readonly view: CallQuestionView }) {
  const { t } = useTranslation();
  const groups = useOptions('groups');
  return (
    <MultiChoiceField
      label={t('admin.explain.groups')}
      placeholder={t('admin.explain.noGroups')}
      searchLabel={t('admin.explain.searchGroups')}
      options={groups.options}
      value={question.groups}
      onChange={(value) => change({ groups: value })}
    />
  );
}

function Circumstances({ view }: { readonly view: CallQuestionView }) {
  const { t } = useTranslation();
  const { question, change, problemAt } = view;
  const { ownBrandId } = useAccess();
  const brands = useOptions('brands');
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const bind = (key: 'address' | 'origin' | 'callerNumber') => ({
    value: question[key],
    onChange: (value: string) => change({ [key]: value } as Partial<CallQuestion>),
    error: problemAt(key),
    autoComplete: 'off',
  });
  return (
    <>
      {question.kind === 'user' && ownBrandId === null && (
        <ChoiceField
          label={t('admin.explain.userBrand')}
          noneName={t('admin.explain.defaultBrand')}
          options={brands.options}
          value={question.userBrandId}
          onChange={(userBrandId) => change({ userBrandId })}
        />
      )}
      <TextField label={t('admin.explain.address')} hint={t('admin.explain.addressHint')} {...bind('address')} />
      <TextField label={t('admin.explain.origin')} hint={t('admin.explain.originHint')} {...bind('origin')} />
      <TextField
        label={t('admin.explain.callerNumber')}
        hint={t('admin.explain.callerNumberHint')}
        type="tel"
        {...bind('callerNumber')}
      />
      <Segmented
        label={t('admin.explain.time')}
        options={[
          { id: 'now', name: t('admin.explain.now') },
          { id: 'at', name: t('admin.explain.at') },
        ]}
        value={question.isNow ? 'now' : 'at'}
        onChange={(id) => change({ isNow: id === 'now', ...(question.at === '' && { at: toLocalTime(Date.now()) }) })}
      />
      {!question.isNow && (
        <TextField
          label={t('admin.explain.atLabel')}
          hint={t('admin.explain.atHint', { zone })}
          type={'datetime-local' as 'text'}
          value={question.at}
          onChange={(at) => change({ at })}
          error={problemAt('atMs')}
        />
      )}
    </>
  );
}
