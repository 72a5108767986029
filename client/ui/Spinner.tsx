import './Spinner.css';

/** Something is on its way; `label` says what. */
export function Spinner({ label }: { label: string }) {
  return (
    <span className="spinner">
      <span className="spinner-ring" aria-hidden />
      <span>{label}</span>
    </span>
  );
}
