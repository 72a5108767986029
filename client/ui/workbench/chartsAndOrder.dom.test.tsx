import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { OrderedField } from './OrderedField.tsx';
import { stepsOf, TimeChart } from './TimeChart.tsx';

afterEach(cleanup);

describe('TimeChart', () => {
  const points = [4, null, 8].map((value, index) => ({
    fromMs: index * 1000,
    toMs: (index + 1) * 1000,
    value,
    isMarked: index === 1,
  }));
  const chart = (given: typeof points) => (
    <TimeChart
      title="Calls"
      kind="bars"
      points={given}
      format={String}
      formatTime={(atMs) => `${atMs / 1000} s`}
      summary="12 calls"
      emptyText="No calls"
    />
  );

  it('draws a bar for each value, and shades what is marked', () => {
    const { container } = render(chart(points));
    const bars = [...container.querySelectorAll('.time-chart-bar')].map((bar) => bar.getAttribute('height'));
    expect(bars).toEqual(['50', '100']);
    expect(container.querySelectorAll('.time-chart-marked')).toHaveLength(1);
    expect(screen.getByRole('img', { name: '12 calls' })).toBeTruthy();
    expect(container.querySelector('title')?.textContent).toBe('0 s–1 s: 4');
  });

  it('says that nothing is known', () => {
    render(chart(points.map((point) => ({ ...point, value: null }))));
    expect(screen.getByText('No calls')).toBeTruthy();
  });

  it.each([
    [[0, 10], 'M0 100H1L1 0H2'],
    [[10, null, 5], 'M0 0H1M2 50H3'],
    [[null, 20], 'M1 0H2'],
    [[-1], 'M0 100H1'],
  ] as const)('draws the line of %j from 0 to 10 as %s', (values, path) => {
    expect(
      stepsOf(
        values.map((value) => ({ value })),
        0,
        10,
      ),
    ).toBe(path);
  });
});

const words = {
  add: 'Add',
  choose: 'Choose one',
  up: (name: string) => `${name} up`,
  down: (name: string) => `${name} down`,
  remove: (name: string) => `Remove ${name}`,
  moved: (name: string, place: number, total: number) => `${name}: ${place} of ${total}`,
};
const options = ['a', 'b', 'c'].map((id) => ({ id, name: id.toUpperCase() }));
function Order() {
  const [value, setValue] = useState<readonly string[]>(['a', 'b']);
  return (
    <OrderedField label="Letters" options={options} words={words} emptyText="None" value={value} onChange={setValue} />
  );
}

describe('OrderedField', () => {
  const order = () =>
    within(screen.getByRole('list', { name: 'Letters' }))
      .getAllByRole('listitem')
      .map((row) => row.getAttribute('data-row'));

  it('moves one, says where it is, and leaves the focus at it', async () => {
    const user = userEvent.setup();
    render(<Order />);
    await user.click(screen.getByRole('button', { name: 'B up' }));
    expect(order()).toEqual(['b', 'a']);
    expect(screen.getByRole('status').textContent).toBe('B: 1 of 2');
    // It is the first now, so that the way up is closed.
    await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('B down'));
  });

  it('adds what is not yet there, and removes', async () => {
    const user = userEvent.setup();
    render(<Order />);
    await user.click(screen.getByRole('button', { name: /Add/ }));
    await user.click(screen.getByRole('option', { name: 'C' }));
    expect(order()).toEqual(['a', 'b', 'c']);
    expect(screen.queryByRole('button', { name: /Add/ })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Remove A' }));
    expect(order()).toEqual(['b', 'c']);
  });
});
