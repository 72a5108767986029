import { useTranslation } from 'react-i18next';
import './BrandLinks.css';
import { useBrand } from './BrandProvider.tsx';

/** Where the brand helps, and what it must say about itself. They open beside the page: a call may be running. */
export function BrandLinks() {
  const { t } = useTranslation();
  const { supportUrl, legalLinks } = useBrand();
  const links = [...(supportUrl === undefined ? [] : [{ label: t('brand.help'), url: supportUrl }]), ...legalLinks];
  if (links.length === 0) return null;
  return (
    <nav className="brand-links" aria-label={t('brand.links')}>
      <ul>
        {links.map(({ label, url }) => (
          <li key={`${label} ${url}`}>
            <a href={url} target="_blank" rel="noreferrer">
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
