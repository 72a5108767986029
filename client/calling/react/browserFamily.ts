export type BrowserFamily = 'chromium' | 'firefox' | 'safari' | 'other';

/** Which browser's windows to describe. For help texts alone: what a browser can do is asked, not guessed. */
export function browserFamily(userAgent: string): BrowserFamily {
  if (/Firefox\//.test(userAgent)) return 'firefox';
  if (/Chrome\/|Chromium\/|Edg\//.test(userAgent)) return 'chromium';
  if (/Safari\//.test(userAgent)) return 'safari';
  return 'other';
}
