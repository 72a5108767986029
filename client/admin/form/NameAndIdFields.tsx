import { useState } from 'react';
import { TextField } from '../../ui/index.ts';
import type { EntityForm } from './EntityForm.ts';
import { slugOf } from './slugOf.ts';

interface NameAndIdFieldsProps {
  readonly form: Pick<EntityForm<{ readonly name: string; readonly id: string }>, 'bind' | 'change'>;
  readonly name: { readonly label: string; readonly hint: string };
  readonly id: { readonly label: string; readonly hint: string };
}

/** What a new entity is called, by people and by the API. */
export function NameAndIdFields({ form, name, id }: NameAndIdFieldsProps) {
  // The id follows the name until somebody writes one.
  const [isIdOwn, setIsIdOwn] = useState(false);
  return (
    <>
      <TextField
        {...name}
        autoComplete="off"
        {...form.bind('name')}
        onChange={(written) => form.change({ name: written, ...(!isIdOwn && { id: slugOf(written) }) })}
      />
      <TextField
        {...id}
        autoComplete="off"
        autoCapitalize="none"
        {...form.bind('id')}
        onChange={(written) => {
          setIsIdOwn(written !== '');
          form.change({ id: written });
        }}
      />
    </>
  );
}
