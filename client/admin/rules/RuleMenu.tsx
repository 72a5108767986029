import {
  ArrowDown,
  ArrowDownToLine,
  ArrowUp,
  ArrowUpToLine,
  EllipsisVertical,
  Pencil,
  PhoneForwarded,
  Power,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Rule } from '../../../shared/admin/index.ts';
import type { Step } from './moveRule.ts';
import type { RulesView } from './useRulesPage.ts';

export interface RuleMenuProps {
  readonly rule: Rule;
  readonly view: RulesView;
  readonly onOpen: (id: string) => void;
}

interface Entry {
  readonly id: string;
  readonly name: string;
  readonly icon: ReactNode;
  readonly run: () => void;
}

/** What can be done with one rule without opening it. */
export function RuleMenu({ rule, view, onOpen }: RuleMenuProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const title = view.titleOf(rule);
  const place = view.placeOf(rule.id);
  const step = (id: Step, name: string, icon: ReactNode): Entry => ({
    id,
    name,
    icon,
    run: () => view.step(rule.id, id),
  });
  const canMove = view.canMove && view.canEdit(rule);
  const canRise = canMove && place > 1;
  const canSink = canMove && place < view.list.rules.length;
  const entries: readonly Entry[] = [
    { id: 'open', name: t('admin.rules.open'), icon: <Pencil />, run: () => onOpen(rule.id) },
    {
      id: 'try',
      name: t('admin.rules.tryIt'),
      icon: <PhoneForwarded />,
      run: () => void navigate(`/admin/explain${queryFor(rule)}`),
    },
    ...(view.canEdit(rule)
      ? [
          {
            id: 'toggle',
            name: t(rule.isEnabled ? 'admin.rules.switchOff' : 'admin.rules.switchOn'),
            icon: <Power />,
            run: () => view.toggle(rule),
          },
        ]
      : []),
    ...(canRise ? [step('up', t('admin.rules.moveUp'), <ArrowUp />)] : []),
    ...(canSink ? [step('down', t('admin.rules.moveDown'), <ArrowDown />)] : []),
    ...(canRise ? [step('top', t('admin.rules.moveTop'), <ArrowUpToLine />)] : []),
    ...(canSink ? [step('bottom', t('admin.rules.moveBottom'), <ArrowDownToLine />)] : []),
  ];
  return (
    <MenuTrigger>
      <AriaButton className="icon-button icon-button-plain" aria-label={t('admin.rules.actions', { name: title })}>
        <EllipsisVertical aria-hidden />
      </AriaButton>
      <Popover className="admin-menu-popover" placement="bottom end">
        <Menu aria-label={t('admin.rules.actions', { name: title })}>
          {entries.map(({ id, name, icon, run }) => (
            <MenuItem key={id} id={id} textValue={name} className="admin-menu-item" onAction={run}>
              <span className="admin-nav-icon" aria-hidden>
                {icon}
              </span>
              {name}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

/** As much of a call that the rule is about as it names. */
function queryFor({ from, to }: Rule): string {
  const query = new URLSearchParams();
  const [user] = from?.users ?? [];
  const [embedKey] = from?.embedKeys ?? [];
  const [prefix] = [to?.prefix ?? []].flat();
  if (user !== undefined) query.set('user', user);
  else if (embedKey !== undefined) query.set('embedKey', embedKey);
  if (prefix !== undefined && prefix !== '+') query.set('number', prefix);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}
