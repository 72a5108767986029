import { useId } from 'react';
import { classNames } from '../classNames.ts';
import './TimeChart.css';

/** A value that held, or was counted, over a time (milliseconds since the epoch); null: nothing is known of it. */
export interface TimePoint {
  readonly fromMs: number;
  readonly toMs: number;
  readonly value: number | null;
  /** Shaded. */
  readonly isMarked?: boolean;
}

export interface TimeChartProps {
  readonly title: string;
  /** Oldest first, without gaps. */
  readonly points: readonly TimePoint[];
  /** `bars` for what is counted, `line` for what is measured. */
  readonly kind: 'bars' | 'line';
  readonly format: (value: number) => string;
  readonly formatTime: (atMs: number) => string;
  /** The value at the lower and at the upper edge; absent: 0, and the largest there is. */
  readonly floor?: number;
  readonly ceiling?: number;
  /** What it comes to, in a sentence: what it says to who can't see it. The figures belong into a table beside it. */
  readonly summary: string;
  /** Stands there while nothing is known at all. */
  readonly emptyText: string;
}

const height = 100;

/** A small chart over time, as wide as there is room. */
export function TimeChart(props: TimeChartProps) {
  const { title, points, kind, format, formatTime, summary, emptyText, floor = 0 } = props;
  const titleId = useId();
  const known = points.flatMap(({ value }) => (value === null ? [] : [value]));
  const largest = Math.max(floor, ...known);
  const top = props.ceiling ?? (largest > floor ? largest : floor + 1);
  const start = points[0]?.fromMs ?? 0;
  const end = points.at(-1)?.toMs ?? 1;
  const middle = (start + end) / 2;
  const isEmpty = known.length === 0;
  return (
    <figure className="time-chart" aria-labelledby={titleId}>
      <figcaption id={titleId} className="time-chart-title">
        {title}
      </figcaption>
      <div className="time-chart-frame">
        <span className="time-chart-top numerals" aria-hidden>
          {isEmpty ? '' : format(top)}
        </span>
        {isEmpty && <p className="time-chart-empty">{emptyText}</p>}
        <svg
          role="img"
          aria-label={summary}
          viewBox={`0 0 ${Math.max(1, points.length)} ${height}`}
          preserveAspectRatio="none"
          className="time-chart-picture"
        >
          {points.map((point, index) => (
            <Column key={point.fromMs} point={point} index={index} {...{ kind, floor, top, format, formatTime }} />
          ))}
          {kind === 'line' && <path className="time-chart-line" d={stepsOf(points, floor, top)} />}
        </svg>
      </div>
      <div className="time-chart-times numerals" aria-hidden>
        <span>{formatTime(start)}</span>
        <span>{formatTime(middle)}</span>
        <span>{formatTime(end)}</span>
      </div>
    </figure>
  );
}

interface ColumnProps extends Required<Pick<TimeChartProps, 'kind' | 'floor' | 'format' | 'formatTime'>> {
  readonly point: TimePoint;
  readonly index: number;
  readonly top: number;
}

function Column({ point, index, kind, floor, top, format, formatTime }: ColumnProps) {
  const { value, isMarked = false, fromMs, toMs } = point;
  const y = value === null ? height : yOf(value, floor, top);
  return (
    <g>
      <rect
        x={index}
        width={1}
        height={height}
        className={classNames('time-chart-time', isMarked && 'time-chart-marked')}
      >
        <title>{`${formatTime(fromMs)}–${formatTime(toMs)}: ${value === null ? '–' : format(value)}`}</title>
      </rect>
      {kind === 'bars' && value !== null && value > floor && (
        <rect x={index + 0.1} width={0.8} y={y} height={height - y} className="time-chart-bar" />
      )}
    </g>
  );
}

/** A line that is level over each time that is known, and broken where nothing is. */
export function stepsOf(points: readonly Pick<TimePoint, 'value'>[], floor: number, top: number): string {
  let isDrawing = false;
  return points
    .map(({ value }, index) => {
      const wasDrawing = isDrawing;
      isDrawing = value !== null;
      if (value === null) return '';
      const y = yOf(value, floor, top);
      return `${wasDrawing ? 'L' : 'M'}${index} ${y}H${index + 1}`;
    })
    .join('');
}

/** To a tenth, within the picture. */
function yOf(value: number, floor: number, top: number): number {
  const share = Math.min(1, Math.max(0, (value - floor) / (top - floor)));
  return Math.round((1 - share) * height * 10) / 10;
}
