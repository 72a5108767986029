import { classNames } from '../ui/index.ts';
import './BrandMark.css';
import { useBrand } from './BrandProvider.tsx';
import { type LogoGround, type LogoPicture, logoFor } from './logoFor.ts';

export interface BrandMarkProps {
  /** Beside the usual sign; a brand's own picture speaks for itself. */
  readonly withName?: boolean;
  readonly ground?: LogoGround;
}

/** The sign of the brand: its own picture, else two banks and the arches between them. */
export function BrandMark({ withName = false, ground = 'page' }: BrandMarkProps) {
  const brand = useBrand();
  const logo = logoFor(brand, ground);
  return (
    <span className={classNames('brand-mark', `brand-mark-on-${ground}`, withName && 'brand-mark-wide')}>
      {logo === null ? <Sign /> : <Logo {...logo} name={brand.name} />}
      {withName && logo === null && <span className="brand-mark-name">{brand.name}</span>}
    </span>
  );
}

function Sign() {
  return (
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
  );
}

/** Both pictures are in the page, since the person may choose light or dark against the system; styles show the right one. */
function Logo({ light, dark, name }: { light: LogoPicture; dark: LogoPicture; name: string }) {
  if (light.url === dark.url && light.needsPlate === dark.needsPlate) return <Picture {...light} name={name} />;
  return (
    <>
      <Picture {...light} name={name} scheme="light" />
      <Picture {...dark} name={name} scheme="dark" />
    </>
  );
}

function Picture({ url, needsPlate, name, scheme }: LogoPicture & { name: string; scheme?: 'light' | 'dark' }) {
  return (
    <img
      src={url}
      alt={name}
      className={classNames('brand-logo', needsPlate && 'brand-logo-plate', scheme && `brand-logo-${scheme}`)}
    />
  );
}
