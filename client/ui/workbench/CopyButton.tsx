import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../Button.tsx';
import { LiveRegion } from '../LiveRegion.tsx';

export interface CopyButtonProps {
  readonly text: string;
  readonly label: string;
  readonly copiedLabel: string;
  /** What is copied, where there are several on a page. */
  readonly of?: string;
  /** Where the browser has no clipboard for this page (not secure). */
  readonly onBlocked?: () => void;
}

/** Puts a text into the clipboard, and says so. */
export function CopyButton({ text, label, copiedLabel, of, onBlocked }: CopyButtonProps) {
  const [copied, setCopied] = useState<string | null>(null);
  const isCopied = copied === text;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(text);
    } catch {
      onBlocked?.();
    }
  };
  return (
    <>
      <Button
        {...(of !== undefined && { 'aria-label': `${isCopied ? copiedLabel : label}: ${of}` })}
        icon={isCopied ? <Check aria-hidden /> : <Copy aria-hidden />}
        onPress={() => void copy()}
      >
        {isCopied ? copiedLabel : label}
      </Button>
      <LiveRegion label={label} text={isCopied ? copiedLabel : ''} />
    </>
  );
}
