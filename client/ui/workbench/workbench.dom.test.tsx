import { cleanup, render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { sortRows } from './data-table/sortRows.ts';
import { CopyField, DataTable, MultiChoiceField, NumberField, TagField } from './index.ts';

afterEach(cleanup);

interface Fruit {
  readonly id: string;
  readonly name: string;
  readonly price: number;
}

const fruits: readonly Fruit[] = [
  { id: '1', name: 'pear 10', price: 3 },
  { id: '2', name: 'Apple', price: 20 },
  { id: '3', name: 'pear 9', price: 100 },
];

function renderTable(isComplete: boolean, isNarrow = false) {
  vi.spyOn(window, 'matchMedia').mockImplementation(
    () =>
      ({ matches: isNarrow, addEventListener: () => {}, removeEventListener: () => {} }) as unknown as MediaQueryList,
  );
  const opened: string[] = [];
  render(
    <DataTable
      label="Fruits"
      columns={[
        { id: 'name', name: 'Name', cell: ({ name }) => name, sortKey: ({ name }) => name },
        { id: 'price', name: 'Price', cell: ({ price }) => price, sortKey: ({ price }) => price, isMinor: true },
      ]}
      rows={fruits}
      idOf={({ id }) => id}
      nameOf={({ name }) => name}
      onOpen={({ id }) => opened.push(id)}
      isComplete={isComplete}
    />,
  );
  return { opened, user: userEvent.setup() };
}

const names = () => screen.getAllByRole('rowheader').map(({ textContent }) => textContent);

describe('DataTable', () => {
  it('keeps the order of the rows until a column is asked for, and turns it round at the second time', async () => {
    const { user } = renderTable(true);
    expect(names()).toEqual(['pear 10', 'Apple', 'pear 9']);
    await user.click(screen.getByRole('columnheader', { name: 'Name' }));
    expect(names()).toEqual(['Apple', 'pear 9', 'pear 10']);
    await user.click(screen.getByRole('columnheader', { name: 'Name' }));
    expect(names()).toEqual(['pear 10', 'pear 9', 'Apple']);
    await user.click(screen.getByRole('columnheader', { name: 'Price' }));
    expect(names()).toEqual(['pear 10', 'Apple', 'pear 9']);
  });

  it('does not sort a part of a list', async () => {
    const { user } = renderTable(false);
    await user.click(screen.getByRole('columnheader', { name: 'Name' }));
    expect(names()).toEqual(['pear 10', 'Apple', 'pear 9']);
  });

  it('opens a row by keyboard', async () => {
    const { opened, user } = renderTable(true);
    await user.tab();
    await user.keyboard('{ArrowDown}{Enter}');
    expect(opened).toHaveLength(1);
  });

  it('shows a card for each row on a phone, without what is minor', async () => {
    const { opened, user } = renderTable(true, true);
    expect(screen.queryByRole('grid')).toBeNull();
    const cards = within(screen.getByRole('list', { name: 'Fruits' })).getAllByRole('button');
    expect(cards.map(({ textContent }) => textContent)).toEqual(['pear 10', 'Apple', 'pear 9']);
    await user.click(cards[1] as HTMLElement);
    expect(opened).toEqual(['2']);
  });
});

describe('sortRows', () => {
  it('sorts numbers by size and texts as people do', () => {
    expect(sortRows([10, 9, 100], (n) => n, 'ascending')).toEqual([9, 10, 100]);
    expect(sortRows(['b', 'Ä', 'a', 'C'], (text) => text, 'ascending')).toEqual(['Ä', 'a', 'b', 'C']);
    expect(sortRows(['x10', 'X9'], (text) => text, 'descending')).toEqual(['x10', 'X9']);
  });
});

function Tags({ onChange }: { onChange: (value: readonly string[]) => void }) {
  const [value, setValue] = useState<readonly string[]>(['one']);
  return (
    <form
      aria-label="Form"
      onSubmit={(event) => {
        event.preventDefault();
        onChange(['submitted']);
      }}
    >
      <TagField
        label="Words"
        listLabel="Present words"
        addLabel="Add"
        value={value}
        onChange={(next) => {
          setValue(next);
          onChange(next);
        }}
      />
      <button type="submit">Send</button>
    </form>
  );
}

describe('TagField', () => {
  const field = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Words' });

  it('adds by Enter without sending the form, by a comma, and by leaving the field', async () => {
    const onChange = vi.fn();
    const user = userEvent.setup();
    render(<Tags onChange={onChange} />);
    await user.type(field(), 'two{Enter}');
    expect(onChange).toHaveBeenLastCalledWith(['one', 'two']);
    await user.type(field(), 'three,');
    expect(onChange).toHaveBeenLastCalledWith(['one', 'two', 'three']);
    await user.type(field(), 'four');
    await user.tab();
    expect(onChange).toHaveBeenLastCalledWith(['one', 'two', 'three', 'four']);
    expect(field().value).toBe('');
  });

  it('takes a pasted list line by line, each once', async () => {
    const onChange = vi.fn();
    const user = userEvent.setup();
    render(<Tags onChange={onChange} />);
    await user.click(field());
    await user.paste('two\nthree\n\none\n');
    expect(onChange).toHaveBeenLastCalledWith(['one', 'two', 'three']);
  });

  it('removes by the button, and the last one by Backspace in the empty field', async () => {
    const onChange = vi.fn();
    const user = userEvent.setup();
    render(<Tags onChange={onChange} />);
    await user.type(field(), 'two{Enter}{Backspace}');
    expect(onChange).toHaveBeenLastCalledWith(['one']);
    await user.click(within(screen.getByRole('grid', { name: 'Present words' })).getByRole('button'));
    expect(onChange).toHaveBeenLastCalledWith([]);
  });

  it('sends the form by Enter in the empty field', async () => {
    const onChange = vi.fn();
    render(<Tags onChange={onChange} />);
    await userEvent.setup().type(field(), '{Enter}');
    expect(onChange).toHaveBeenLastCalledWith(['submitted']);
  });
});

function Calls({ onChange }: { onChange: (value: number | null) => void }) {
  const [value, setValue] = useState<number | null>(3);
  const change = (next: number | null) => {
    onChange(next);
    setValue(next);
  };
  return <NumberField label="Calls" value={value} onChange={change} />;
}

describe('NumberField', () => {
  it('tells an empty field from a zero', async () => {
    const values: (number | null)[] = [];
    const user = userEvent.setup();
    render(<Calls onChange={(value) => values.push(value)} />);
    const input = screen.getByRole('textbox', { name: 'Calls' });
    await user.clear(input);
    await user.tab();
    await user.type(input, '0');
    await user.tab();
    expect(values).toEqual([null, 0]);
  });
});

describe('MultiChoiceField', () => {
  it('finds one of many by a search and keeps what it does not know', async () => {
    const onChange = vi.fn();
    const user = userEvent.setup();
    const options = Array.from({ length: 20 }, (_, index) => ({ id: `g${index}`, name: `Group ${index}` }));
    render(
      <MultiChoiceField
        label="Groups"
        searchLabel="Search"
        placeholder="None"
        options={options}
        value={['gone']}
        onChange={onChange}
      />,
    );
    await user.click(screen.getByRole('button', { name: /Groups/ }));
    await user.type(screen.getByRole('searchbox', { name: 'Search' }), '17');
    const list = screen.getByRole('listbox');
    expect(within(list).getAllByRole('option')).toHaveLength(1);
    await user.click(within(list).getByRole('option', { name: 'Group 17' }));
    expect(onChange).toHaveBeenLastCalledWith(['gone', 'g17']);
  });
});

describe('CopyField', () => {
  it('puts its text into the clipboard and says so', async () => {
    const user = userEvent.setup();
    render(<CopyField label="Link" text="https://x.test" copyLabel="Copy" copiedLabel="Copied" />);
    await user.click(screen.getByRole('button', { name: 'Copy: Link' }));
    expect(await navigator.clipboard.readText()).toBe('https://x.test');
    expect(screen.getByRole('status').textContent).toBe('Copied');
  });

  it('marks its text where there is no clipboard', async () => {
    const user = userEvent.setup();
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new DOMException('no', 'NotAllowedError'));
    render(<CopyField label="Link" text="https://x.test" copyLabel="Copy" copiedLabel="Copied" />);
    await user.click(screen.getByRole('button', { name: 'Copy: Link' }));
    const area = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Link' });
    expect(document.activeElement).toBe(area);
    expect(area.value.slice(area.selectionStart, area.selectionEnd)).toBe('https://x.test');
  });
});
