import { useMemo } from 'react';
import { encode } from 'uqr';
import './QrCode.css';

export interface QrCodeProps {
  readonly text: string;
  /** What it is for, to those who can't see it. */
  readonly label: string;
}

/** Light modules around it, without which cameras don't find it (ISO/IEC 18004 section 9.1). */
const quietZone = 4;

/** A QR code for the camera of another device. Dark on light in every theme: many cameras read nothing else. */
export function QrCode({ text, label }: QrCodeProps) {
  const { path, size } = useMemo(() => draw(text), [text]);
  return (
    <svg className="qr-code" role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges">
      <path d={path} />
    </svg>
  );
}

/** One rectangle for each run of dark modules in a row. */
function draw(text: string): { path: string; size: number } {
  const { data, size } = encode(text, { border: quietZone, ecc: 'M' });
  const runs = data.flatMap((row, y) =>
    row.flatMap((isDark, x) => {
      if (!isDark || row[x - 1]) return [];
      const end = row.indexOf(false, x);
      return `M${x} ${y}h${(end < 0 ? size : end) - x}v1H${x}z`;
    }),
  );
  return { path: runs.join(''), size };
}
