import { type ReactNode, useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import type { Brand } from '../../../shared/protocol/index.ts';
import { BrandProvider } from '../../branding/index.ts';
import type { Scheme } from './brandFields.ts';

export interface PreviewFrameProps {
  readonly title: string;
  readonly brand: Brand;
  readonly scheme: Scheme;
  readonly children: ReactNode;
}

/**
 * A page in small, in a document of its own: with its own root to paint, its own width for the style sheets' media queries, and
 * out of reach for keyboard, mouse and screen readers.
 */
export function PreviewFrame({ title, brand, scheme, children }: PreviewFrameProps) {
  const [loaded, setLoaded] = useState<Document | null>(null);
  const [page, setPage] = useState<Document | null>(null);
  useEffect(() => {
    if (loaded === null) return;
    let isThere = true;
    void dress(loaded).then(() => isThere && setPage(loaded));
    return () => {
      isThere = false;
    };
  }, [loaded]);
  useEffect(() => {
    page?.documentElement.setAttribute('data-theme', scheme);
  }, [page, scheme]);
  return (
    <>
      <iframe
        title={title}
        className="preview-frame"
        srcDoc={emptyPage}
        onLoad={(event) => setLoaded(event.currentTarget.contentDocument)}
        inert
        tabIndex={-1}
        aria-hidden
      />
      {page !== null &&
        createPortal(
          <BrandProvider brand={brand} page={page}>
            {children}
          </BrandProvider>,
          page.body,
        )}
    </>
  );
}

/** With a doctype: without one browsers lay pages out as they did in the last century. */
const emptyPage = '<!doctype html><html><head><meta charset="utf-8"></head><body></body></html>';

/** Gives the document the style sheets of this page; resolves when they are there. */
async function dress(inner: Document): Promise<void> {
  // Pages take the focus when they appear (the sign-in's first field, a call). That of the frame keeps people out, but not a script.
  inner.body.inert = true;
  const sheets = [...document.querySelectorAll<HTMLElement>('link[rel="stylesheet"], style')].map((sheet) =>
    inner.importNode(sheet, true),
  );
  const loads = sheets.filter((sheet) => sheet.tagName === 'LINK').map(untilLoaded);
  inner.head.append(...sheets);
  await Promise.all(loads);
}

/** One that can't be loaded is not waited for. */
function untilLoaded(sheet: HTMLElement): Promise<void> {
  return new Promise((resolve) => {
    sheet.addEventListener('load', () => resolve(), { once: true });
    sheet.addEventListener('error', () => resolve(), { once: true });
  });
}
