import { GripVertical } from 'lucide-react';
import { createContext, useContext } from 'react';
import {
  Button as AriaButton,
  DropIndicator,
  GridList,
  GridListItem,
  ListLayout,
  useDragAndDrop,
  Virtualizer,
} from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Rule } from '../../../shared/admin/index.ts';
import { classNames } from '../../ui/index.ts';
import { Badge } from '../../ui/workbench/index.ts';
import { dropMove } from './moveRule.ts';
import './RuleGrid.css';
import { RuleMenu } from './RuleMenu.tsx';
import type { RulesView } from './useRulesPage.ts';

export interface RuleGridProps {
  readonly view: RulesView;
  readonly onOpen: (id: string) => void;
}

/** The usual height of a row, in pixels, until it has been drawn. */
const estimatedRowHeight = 80;

/** For what is drawn in a row: rows are kept as long as their rule, so what changes more often reaches them this way. */
const GridContext = createContext<RuleGridProps | null>(null);

/** Rules in order of decision. Only those in sight are drawn; the order is changed by dragging, by keyboard, or by each rule's menu. */
export function RuleGrid({ view, onOpen }: RuleGridProps) {
  const { t } = useTranslation();
  const { shown, mayMove, canMove, titleOf } = view;
  const { dragAndDropHooks } = useDragAndDrop<Rule>({
    getItems: (_keys, rules) => rules.map((rule) => ({ 'text/plain': titleOf(rule) })),
    onReorder: ({ keys, target: { key, dropPosition } }) => {
      const [id] = [...keys].map(String);
      if (id === undefined || dropPosition === 'on') return;
      const ids = shown.map((rule) => rule.id as string);
      view.move(dropMove(ids, id, { id: String(key), position: dropPosition }));
    },
    renderDropIndicator: (target) => <DropIndicator target={target} className="rule-drop" />,
    isDisabled: !canMove,
    renderDragPreview: (items) => <div className="rule-drag-preview">{items[0]?.['text/plain']}</div>,
  });
  return (
    <GridContext value={{ view, onOpen }}>
      <Virtualizer layout={ListLayout} layoutOptions={{ estimatedRowHeight, dropIndicatorThickness: 4 }}>
        <GridList
          aria-label={t('admin.rules.list')}
          className="rule-grid"
          items={shown}
          onAction={(key) => onOpen(String(key))}
          {...(mayMove && { dragAndDropHooks })}
        >
          {(rule) => (
            <GridListItem
              id={rule.id}
              textValue={titleOf(rule)}
              className={classNames('rule-row', !rule.isEnabled && 'rule-row-off')}
            >
              <RowContent rule={rule} />
            </GridListItem>
          )}
        </GridList>
      </Virtualizer>
    </GridContext>
  );
}

function RowContent({ rule }: { readonly rule: Rule }) {
  const { t } = useTranslation();
  const grid = useContext(GridContext);
  if (grid === null) return null;
  const { view, onOpen } = grid;
  const title = view.titleOf(rule);
  const place = view.placeOf(rule.id);
  const isAllow = rule.action === 'allow';
  return (
    <>
      {view.mayMove && (
        <AriaButton
          slot="drag"
          className="rule-handle"
          aria-label={t('admin.rules.drag', { name: title })}
          isDisabled={!view.canMove || !view.canEdit(rule)}
        >
          <GripVertical aria-hidden />
        </AriaButton>
      )}
      <span className="rule-place numerals">
        <span className="hidden-text">{t('admin.rules.place', { place })}</span>
        <span aria-hidden>{place}</span>
      </span>
      <span className="rule-text">
        <span className="rule-head">
          <span className="rule-title">{title}</span>
          <Badge tone={isAllow ? 'good' : 'danger'}>{t(isAllow ? 'admin.rules.allow' : 'admin.rules.deny')}</Badge>
          {!rule.isEnabled && <Badge>{t('admin.rules.off')}</Badge>}
        </span>
        <span className="rule-sentence">{view.sentenceOf(rule)}</span>
      </span>
      <RuleMenu rule={rule} view={view} onOpen={onOpen} />
    </>
  );
}
