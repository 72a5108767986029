export interface LiveRegionProps {
  readonly label: string;
  readonly text: string;
}

/** Speaks its text to screen readers whenever it changes. Always there, since a region that comes with its text is not read. */
export function LiveRegion({ label, text }: LiveRegionProps) {
  return (
    <div role="status" aria-label={label} aria-live="polite" className="hidden-text">
      {text}
    </div>
  );
}
