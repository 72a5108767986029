import './BrandMark.css';
import { useBrand } from './BrandProvider.tsx';

/** The sign of the brand: two banks and the arches between them. */
export function BrandMark({ withName = false }: { withName?: boolean }) {
  const { name } = useBrand();
  return (
    <span className="brand-mark">
      <svg viewBox="0 0 64 64" aria-hidden="true" className="brand-mark-sign">
        <rect width="64" height="64" rx="18" className="brand-mark-ground" />
        <g className="brand-mark-lines">
          <path d="M12 44a20 20 0 0 1 40 0" />
          <path d="M22 44a10 10 0 0 1 20 0" strokeOpacity=".65" />
        </g>
        <g className="brand-mark-piers">
          <circle cx="12" cy="44" r="5" />
          <circle cx="52" cy="44" r="5" />
        </g>
      </svg>
      {withName && <span className="brand-mark-name">{name}</span>}
    </span>
  );
}
