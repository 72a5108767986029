import '@fontsource-variable/figtree/wght.css';
import '../ui/tokens.css';
import '../ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { createClient } from './createClient.ts';
import { createTranslations } from './translations/createTranslations.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no #root');
createRoot(root).render(
  <StrictMode>
    <App client={createClient()} translations={createTranslations('en')} />
  </StrictMode>,
);
