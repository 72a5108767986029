import { Search, X } from 'lucide-react';
import { SearchField as AriaSearchField, Button, Input } from 'react-aria-components';
import './SearchField.css';

export interface SearchFieldProps {
  readonly label: string;
  readonly clearLabel: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function SearchField({ label, clearLabel, value, onChange }: SearchFieldProps) {
  return (
    <AriaSearchField aria-label={label} value={value} onChange={onChange} className="search-field">
      <Search aria-hidden className="search-field-icon" />
      <Input className="search-field-input" placeholder={label} />
      {value !== '' && (
        <Button aria-label={clearLabel} className="search-field-clear">
          <X aria-hidden />
        </Button>
      )}
    </AriaSearchField>
  );
}
