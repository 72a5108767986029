import { X } from 'lucide-react';
import { createContext, type ReactNode, useContext } from 'react';
import { createPortal } from 'react-dom';
import { useReadable } from '../state/index.ts';
import { classNames } from './classNames.ts';
import { IconButton } from './IconButton.tsx';
import type { NoticeBoard } from './NoticeBoard.ts';
import './Notices.css';

const NoticeContext = createContext<NoticeBoard | null>(null);

export function NoticesProvider({ board, children }: { board: NoticeBoard; children: ReactNode }) {
  return <NoticeContext value={board}>{children}</NoticeContext>;
}

export function useNotices(): NoticeBoard {
  const board = useContext(NoticeContext);
  if (board === null) throw new Error('useNotices needs a NoticesProvider above it');
  return board;
}

/**
 * The place where passing notices appear: a region that screen readers can go to. Above every window, and not closed off by
 * one: what is said there is often about what was done in it.
 */
export function Notices({ label, closeLabel }: { label: string; closeLabel: string }) {
  const board = useNotices();
  const notices = useReadable(board.notices);
  return createPortal(
    <section className="notices" aria-label={label} aria-live="polite" data-react-aria-top-layer>
      {notices.map(({ id, tone, text, action }) => (
        <div key={id} className={classNames('passing-notice', `passing-notice-${tone}`)}>
          <p>{text}</p>
          {action && (
            <button
              type="button"
              className="passing-notice-action"
              onClick={() => {
                board.dismiss(id);
                action.run();
              }}
            >
              {action.label}
            </button>
          )}
          <IconButton label={closeLabel} icon={<X aria-hidden />} onPress={() => board.dismiss(id)} />
        </div>
      ))}
    </section>,
    document.body,
  );
}
