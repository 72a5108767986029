import '@fontsource-variable/figtree/wght.css';
import '../ui/tokens.css';
import '../ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { closestLanguage } from '../preferences/index.ts';
import { App } from './App.tsx';
import { createClient } from './createClient.ts';
import { createTranslations } from './translations/createTranslations.ts';
import { speak } from './translations/speak.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no #root');
const client = createClient();
const translations = createTranslations('en');
// The first words that are seen are those of the page's brand.
const language =
  client.preferences.values.get().language ?? closestLanguage(client.pageBrand.brand.get()?.language ?? 'en');
await speak(translations, language).catch(() => undefined);
createRoot(root).render(
  <StrictMode>
    <App client={client} translations={translations} />
  </StrictMode>,
);
