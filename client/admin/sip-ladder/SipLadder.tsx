import { Download } from 'lucide-react';
import { Button as AriaButton, Disclosure, DisclosurePanel } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { TracedMessage } from '../../../shared/admin/index.ts';
import { Button, classNames } from '../../ui/index.ts';
import { CopyButton } from '../../ui/workbench/index.ts';
import { saveFile } from '../sheet/index.ts';
import { describeMessage, writeMessages } from './describeMessage.ts';
import './SipLadder.css';

export interface SipLadderProps {
  /** In the order of time. */
  readonly messages: readonly TracedMessage[];
  /** Of the text that can be saved. */
  readonly fileName: string;
  /** Milliseconds since the epoch from which times are told; absent: the first message. */
  readonly startMs?: number;
  /** False where it stands below a heading that says so already. */
  readonly isTitled?: boolean;
}

/** Who sent what when, as SIP people draw it: the bridge at the left, the gateway at the right, time from above. */
export function SipLadder({ messages, fileName, startMs, isTitled = true }: SipLadderProps) {
  const { t } = useTranslation();
  const [first] = messages;
  const text = writeMessages(messages);
  return (
    <section {...(isTitled && { 'aria-label': t('admin.gatewayTest.messages') })} className="sip-ladder-section">
      {isTitled && (
        <>
          <h3 className="gateway-test-title">{t('admin.gatewayTest.messages')}</h3>
          <p className="field-hint">
            {t(messages.length === 0 ? 'admin.gatewayTest.noMessages' : 'admin.gatewayTest.messagesHint')}
          </p>
        </>
      )}
      {first !== undefined && (
        <>
          <div className="sip-ladder">
            <div className="sip-ladder-ends" aria-hidden>
              <span />
              <span>{t('admin.gatewayTest.bridge')}</span>
              <span>{t('admin.gatewayTest.gateway')}</span>
            </div>
            <ol>
              {messages.map((message, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: messages are only ever added at the end.
                <li key={index}>
                  <Message message={message} sinceMs={message.atMs - (startMs ?? first.atMs)} />
                </li>
              ))}
            </ol>
          </div>
          <div className="sip-ladder-actions">
            <CopyButton text={text} label={t('admin.gatewayTest.copy')} copiedLabel={t('admin.gatewayTest.copied')} />
            <Button
              icon={<Download aria-hidden />}
              onPress={() => saveFile(fileName, text, 'text/plain;charset=utf-8')}
            >
              {t('admin.gatewayTest.download')}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}

function Message({ message, sinceMs }: { readonly message: TracedMessage; readonly sinceMs: number }) {
  const { t, i18n } = useTranslation();
  const isSent = message.direction === 'sent';
  const seconds = new Intl.NumberFormat(i18n.language, { minimumFractionDigits: 3, maximumFractionDigits: 3 });
  return (
    <Disclosure className="sip-message">
      <AriaButton slot="trigger" className="sip-message-button">
        <span className="sip-message-time numerals">+{seconds.format(sinceMs / 1000)}</span>
        <span className={classNames('sip-message-arrow', isSent ? 'sip-message-sent' : 'sip-message-received')}>
          <span className="hidden-text">{t(isSent ? 'admin.gatewayTest.sent' : 'admin.gatewayTest.received')}: </span>
          {describeMessage(message)}
        </span>
      </AriaButton>
      <DisclosurePanel>
        <p className="sip-message-way numerals">
          {message.transport.toUpperCase()}{' '}
          {isSent ? `${message.local} → ${message.remote}` : `${message.remote} → ${message.local}`}
        </p>
        <pre className="sip-message-text">{message.text}</pre>
      </DisclosurePanel>
    </Disclosure>
  );
}
